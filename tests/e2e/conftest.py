"""A browser and a running Konveyer, both shared by all tests of a run; each test has a fresh context.

Any error in the browser's console or script fails the test: breaches of the content policy show there.
"""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.errands import Errands
from tests.e2e.hands import Hands
from tests.e2e.looking import Ears, Eye
from tests.e2e.readers import Readers
from tests.e2e.sweep import Sweep
from tests.e2e.town import Account, Desk, moved_in
from tests.house import PASSWORD, House, founded_home

__all__ = ["founded_home"]

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Opens = Callable[..., Page]
Sits = Callable[..., tuple[Hands, dict[str, Any]]]


@pytest.fixture(scope="session")
def running(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A founded workspace under `konveyer up`."""
    place = tmp_path_factory.mktemp("e2e") / "home"
    subprocess.run(["cp", "-a", str(founded_home), str(place)], check=True)
    house = House(place)
    house.start()
    yield house
    house.stop()


@pytest.fixture(scope="session")
def town(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The town of tests.e2e.town under `konveyer up`."""
    house = moved_in(founded_home, tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("town") / "home")
    yield house
    house.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def signed_in(running: House, browser: Browser) -> Any:
    """The cookies of the owner, signed in once through the screen."""
    context = browser.new_context(base_url=running.url)
    page = context.new_page()
    page.goto("/sign-in/login/")
    page.fill("[name=login]", "owner@house.example")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("button.k-btn-p")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def opens(running: House, browser: Browser, signed_in: Any) -> Iterator[Opens]:
    """opens("/board/", width=390, theme="dark", language="ru", expect=("422",)) → a page of the owner at that address."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_page(
        address: str, *, width: int = 1440, theme: str = "light", stranger: bool = False, **rest: Any
    ) -> Page:
        expected = rest.pop("expect", ())
        context = browser.new_context(
            base_url=running.url,
            viewport={"width": width, "height": 900 if width > 720 else 844},
            storage_state=None if stranger else signed_in,
            **rest,
        )
        contexts.append(context)
        context.add_cookies([{"name": "konveyer_theme", "value": theme, "url": running.url}])
        page = context.new_page()

        def console(message: Any) -> None:
            if message.type == "error" and not any(words in message.text for words in expected):
                said.append(message.text)

        page.on("console", console)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture(scope="session")
def readers(town: House, browser: Browser) -> Iterator[Readers]:
    """Everybody who looks at the town."""
    made = Readers(browser, town)
    yield made
    made.close()


@pytest.fixture(scope="session")
def sweep(readers: Readers) -> Sweep:
    """All screens in all states."""
    return Sweep(readers, Eye())


@pytest.fixture(scope="session")
def errands(readers: Readers) -> Callable[[str], Errands]:
    """errands("ru") lays out work in the firm of that language."""
    made: dict[str, Errands] = {}

    def of(language: str) -> Errands:
        if language not in made:
            made[language] = Errands(Desk(readers.of(language, "demo").context), language)
        return made[language]

    return of


@pytest.fixture
def sits(readers: Readers, errands: Callable[[str], Errands]) -> Iterator[Sits]:
    """sits("ru", "closer", hand_on="meeting") → two hands, signed in by them; the lead that was handed on, if any.

    At the end nothing was pointed at, and nothing was said in the console.
    """
    sat: list[tuple[Hands, Ears]] = []

    def sit_down(language: str, login: str, hand_on: str = "") -> tuple[Hands, dict[str, Any]]:
        lead = errands(language).hand_on(login, hand_on) if hand_on else {}
        page = readers.window(language).new_page()
        sat.append((Hands(page, language), Ears(page, readers.house.url)))
        sat[-1][0].sign_in(Account(language, "demo", login))
        return sat[-1][0], lead

    yield sit_down
    for hands, ears in sat:
        hands.no_mouse()
        hands.page.context.close()
        assert ears.heard() == []
