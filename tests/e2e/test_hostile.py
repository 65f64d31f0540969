"""F26 in a browser: every screen of a firm whose every text is hostile; nothing of it runs, becomes a tag or leads away."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Dialog

from konveyer.adapters.postgres import Cluster
from tests.e2e.looking import Eye
from tests.e2e.readers import Reader, Readers
from tests.e2e.screens import SCREENS, Screen
from tests.e2e.sweep import Sweep
from tests.e2e.town import moved_in
from tests.hostile import spoil
from tests.house import House

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240, func_only=True)]

LANGUAGE = "ru"
# What the words would be if they were more than words.
MADE = """() => [...document.querySelectorAll('[onerror], img[src="x"], [href^="javascript:" i], [action^="javascript:" i], [src^="javascript:" i]')]
  .map(node => node.outerHTML.slice(0, 200))"""
SHOWN = "() => document.documentElement.innerHTML.includes('&lt;img src=x') || document.body.innerText.includes('<img src=x')"
# Screens of the owner's own firm that can be opened wherever its words lead.
SWEPT = [screen for screen in SCREENS if screen.who == "owner" and screen.kind != "part" and not screen.among]


@pytest.fixture(scope="module")
def spoilt(
    founded_home: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[tuple[Sweep, Reader]]:
    """The owner of the made-up firm, whose words have all become hostile since he signed in."""
    house = moved_in(
        founded_home, tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("hostile") / "home"
    )
    readers = Readers(browser, house)
    reader = readers.of(LANGUAGE, "demo")
    _spoil(house)
    reader.sources.clear()
    yield Sweep(readers, Eye()), reader
    readers.close()
    house.stop()


def _spoil(house: House) -> None:
    where: dict[str, Any] = Cluster(house.home / "data").dsn("konveyer_owner")
    with psycopg.connect(**where) as connection, connection.cursor() as cursor:
        cursor.execute("select id from workspace")
        for (workspace,) in cursor.fetchall():
            cursor.execute("select set_config('konveyer.workspace', %s, true)", [str(workspace)])
            spoil(cursor, closed=frozenset({"consent"}))  # a trigger keeps the ledger as it was written


@pytest.mark.shows("F26", "I2.hostile")
def test_nothing_that_people_wrote_runs(spoilt: tuple[Sweep, Reader]) -> None:
    sweep, reader = spoilt
    dialogs: list[str] = []

    def heard(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    reader.page.on("dialog", heard)
    wrong, shown = [], 0
    for screen in SWEPT:
        wrong += _opened(sweep, reader, screen)
        wrong += [f"{screen.label}: {found}" for found in reader.page.evaluate(MADE)]
        shown += bool(reader.page.evaluate(SHOWN))
    assert (wrong, dialogs, reader.ears.heard()) == ([], [], [])
    assert shown > len(SWEPT) // 2


def _opened(sweep: Sweep, reader: Reader, screen: Screen) -> list[str]:
    return [f"{screen.label}: {fault}" for fault in sweep.open(reader, screen)]
