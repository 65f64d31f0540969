"""The frame of every screen, the components page, and the pages that say why something did not go."""

import json
import re

import pytest
from django.test import Client

from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


def speak(world: World, language: str) -> None:
    world.owner.user.language = language
    world.owner.user.save()


@pytest.mark.shows("I2.design")
@pytest.mark.parametrize("language", ["ru", "en"])
def test_components_in_both_languages(owner: Client, world: World, language: str) -> None:
    speak(world, language)
    page = owner.get("/components/")
    text = page.content.decode()
    assert page.status_code == 200
    assert f'<html lang="{language}"' in text
    assert {"ru": "Камский крепёж", "en": "Kama Fasteners"}[language] in text
    assert {"ru": "1\u00a0720\u00a0000\u00a0₽", "en": "1,720,000\u00a0₽"}[language] in text
    assert "style=" not in text


@pytest.mark.shows("I2.languages")
def test_russian_page_speaks_russian(owner: Client, world: World) -> None:
    """No Latin words but names, keys and addresses."""
    speak(world, "ru")
    text = owner.get("/components/").content.decode()
    text = re.sub(r"<(script|style|svg)\b.*?</\1>|<kbd.*?</kbd>|<[^>]+>", " ", text, flags=re.S)
    words = set(re.findall(r"[A-Za-z]{3,}", text))
    assert (
        words
        - {
            "Northern",
            "Method",
            "Igor",
            "Ctrl",
            "Enter",
            "Esc",
            "Shift",
            "English",
            "CSV",
            "XLSX",
            "kudrin",
            "kamkrep",
            "example",
            "authentication",
            "failed",
        }
        == set()
    )


def test_theme_and_fold_come_from_the_choice(owner: Client) -> None:
    assert "data-theme" not in owner.get("/components/").content.decode().split("<head>")[0]
    owner.cookies["konveyer_theme"] = "dark"
    owner.cookies["konveyer_rail"] = "1"
    text = owner.get("/components/").content.decode()
    assert 'data-theme="dark"' in text.split("<head>")[0]
    assert 'class="k-app k-app-rail"' in text


def test_theme_of_a_stranger_is_ignored(owner: Client) -> None:
    owner.cookies["konveyer_theme"] = '"><b>'
    assert "data-theme" not in owner.get("/components/").content.decode().split("<head>")[0]


def test_dialog_asks_then_closes_with_a_message(owner: Client, world: World) -> None:
    speak(world, "en")
    asked = owner.post("/components/dialog", {"word": ""}, headers={"hx-request": "true"})
    assert asked.status_code == 422
    assert 'aria-invalid="true"' in asked.content.decode()
    done = owner.post("/components/dialog", {"word": "pendulum"}, headers={"hx-request": "true"})
    assert done.status_code == 204
    assert json.loads(done["HX-Trigger"])["toast"]["text"] == "Kama Fasteners is in “Meeting”"


def test_strangers_are_asked_to_sign_in(db: None) -> None:
    answer = Client().get("/components/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/login/")


@pytest.mark.parametrize(
    ("language", "said"), [("ru", "Такой страницы нет"), ("en", "There is no such page")]
)
def test_unknown_address(owner: Client, world: World, language: str, said: str) -> None:
    speak(world, language)
    page = owner.get("/no-such-page/")
    assert page.status_code == 404
    assert said in page.content.decode()


def test_error_page_without_any_context() -> None:
    """500 is drawn without request, user or database."""
    from django.template.loader import render_to_string

    assert "500" in render_to_string("500.html")


def test_nav_shows_only_what_the_role_opens(world: World) -> None:
    from konveyer.domain.workspace.rules.rights import Right
    from konveyer.web.kit import navigation

    entry = navigation.Entry("Components", "components", "list", Right.SETTINGS_MANAGE)
    assert navigation.address(entry, {Right.SETTINGS_MANAGE}) == "/components/"
    assert navigation.address(entry, set()) == ""
    assert navigation.address(navigation.Entry("?", "no-such-screen", "list"), set()) == ""


@pytest.mark.shows("P7")
def test_a_kept_part_of_the_frame_follows_rights_and_language() -> None:
    from types import SimpleNamespace

    from django.template import Context
    from django.test import RequestFactory
    from django.utils import translation

    from konveyer.domain.workspace.rules.rights import Right
    from konveyer.web.kit.tags.frame import kept

    def drawn(rights: set[str], language: str, path: str = "/") -> str:
        request = RequestFactory().get(path)
        with translation.override(language):
            return kept(
                Context({"actor": SimpleNamespace(rights=rights), "request": request}),
                "kit/parts/nav_links.html",
            )

    seller = drawn({Right.LEADS_WORK}, "en")
    assert "Board" in seller
    assert "Journal" not in seller
    assert "Journal" in drawn({Right.LEADS_WORK, Right.JOURNAL_READ}, "en")
    assert "Доска" in drawn({Right.LEADS_WORK}, "ru")
    assert 'href="/leads/" title="Leads" data-go="KeyL" aria-current="page"' in drawn(
        {Right.LEADS_WORK}, "en", "/leads/"
    )
    assert drawn({Right.LEADS_WORK}, "en") is seller  # drawn once
    assert kept(Context({}), "kit/parts/nav_links.html") == ""  # visitors have no nav


def test_a_word_that_is_safe_does_not_lend_its_icon_to_one_that_is_not() -> None:
    from django.utils.safestring import SafeString

    from konveyer.web.kit.tags.controls import icon

    assert 'aria-label="<b>"' in icon("phone", label=SafeString("<b>"))
    assert 'aria-label="&lt;b&gt;"' in icon("phone", label="<b>")
