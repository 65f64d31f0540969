"""The first day of the owner of a small firm: his base out of Excel, its doubles, a conveyor of his own, people, a holiday, a
week of counts, and what one more call is worth.

With KONVEYER_PICTURES=FOLDER each step leaves a picture there.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Opens
from tests.e2e.test_sheet import PASTE

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@dataclass(frozen=True)
class Try:
    """Who tries: in which language, on how wide a screen, with which base, and what of it nobody else has."""

    language: str
    width: int
    firm: str
    twin: str
    rows: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    away: int  # days from today
    months_ago: int

    def says(self, text: str, **named: object) -> str:
        """As the interface says it."""
        with translation.override(self.language):
            return gettext(text) % named if named else gettext(text)


OWNERS = (
    Try(
        "ru", 1440, "Вересковый двор", "Vereskovyy dvor",
        (
            "ООО «Вересковый двор»;Ланская Инна;8 (342) 200-33-40;inna@heather.example;Пермь",
            "Vereskovyy dvor;Дроздов Павел;8 (342) 200-33-41;office@dvor.example;Пермь",
            "АО «Рябина-Снаб»;Рябова Мария;8 (342) 200-33-42;ryabova@rowan.example;Казань",
        ),
        (("Алина", "Телемаркетолог"), ("Марина", "Закрывающий")), 30, 1,
    ),
    Try(
        "en", 390, "Липовая роща", "Lipovaya roscha",
        (
            "ООО «Липовая роща»;Серова Анна;8 (342) 200-44-40;anna@linden.example;Пермь",
            "Lipovaya roscha;Громов Олег;8 (342) 200-44-41;office@roscha.example;Пермь",
            "АО «Ольха-Сервис»;Белова Нина;8 (342) 200-44-42;belova@alder.example;Казань",
        ),
        (("Pauline", "Телемаркетолог"), ("Mark", "Закрывающий")), 60, 2,
    ),
)  # fmt: skip
HEADER = "Компания;Контакт;Телефон;E-mail;Город"
ROLES = {"Телемаркетолог": "caller", "Закрывающий": "closer"}
SPEAK = "language => { const button = document.querySelector(`[name=language][value=${language}]`); button.form.requestSubmit(button); }"
PATIENCE = 60_000  # ms: the worker shares the machine
WEEK = "40\t12\t2\t5\t1\t1\t0\t0\n" * 4 + "40\t15\t3\t6\t1\t1\t1\t172000\n"


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options()


def picture(page: Page, name: str) -> None:
    """One for whoever wants to look."""
    place = os.environ.get("KONVEYER_PICTURES")
    if place:
        page.screenshot(path=Path(place) / f"{name}-{page.viewport_size['width']}.png")  # type: ignore[index]


@pytest.mark.shows("I3.trial")
@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: f"{owner.language}-{owner.width}")
def test_from_an_excel_base_to_the_worth_of_a_call(opens: Opens, owner: Try) -> None:
    page = opens("/profile/", width=owner.width)
    _speak(page, owner.language)
    try:
        for step in (_bring, _merge, _draw, _invite, _leave, _count, _worth):
            step(page, owner)
            _fits(page)
    finally:
        _speak(page, "ru")


def _speak(page: Page, language: str) -> None:
    """The owner's language, as the menu sets it."""
    page.goto("/profile/")
    with page.expect_navigation():
        page.evaluate(SPEAK, language)


def _fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def _bring(page: Page, owner: Try) -> None:
    page.goto("/imports/")
    content = "\r\n".join((HEADER, *owner.rows)).encode("cp1251")
    page.set_input_files(
        "[name=file]", files=[{"name": "база.csv", "mimeType": "text/csv", "buffer": content}]
    )
    page.locator("body").press("Control+Enter")
    expect(page.locator(".k-import-box", has_text=owner.says("Encoding"))).to_contain_text("Windows-1251")
    expect(page.locator(".k-btn-p", has_text=re.compile("(Записать|Write) 3 "))).to_be_visible()
    picture(page, "1-trial")
    page.locator("body").press("Control+Enter")
    expect(page.get_by_role("link", name=owner.says("Open the list"))).to_be_visible()
    expect(page.locator(".k-stats")).to_contain_text(
        re.compile("3 компании, 3 человека|3 companies, 3 people")
    )
    picture(page, "2-written")


def _merge(page: Page, owner: Try) -> None:
    page.goto("/base/duplicates/")
    page.get_by_role("button", name=owner.says("Look through now")).click()
    pair = page.locator("[data-row]", has_text=owner.firm)
    expect(pair).to_contain_text(owner.twin)
    picture(page, "3-duplicates")
    pair.locator("[data-row-link]").click()
    expect(page.get_by_role("button", name=re.compile(f"^{owner.says('Merge')}"))).to_be_visible()
    picture(page, "4-side-by-side")
    page.locator("body").press("Control+Enter")
    page.goto(f"/base/companies/?q={owner.firm.split()[1]}")
    expect(page.locator("[data-row]")).to_have_count(1)


def _draw(page: Page, owner: Try) -> None:
    result = f"анкета заполнена при нас ({owner.language})"
    page.goto("/setup/conveyors/")
    page.locator("[data-row-link]").first.click()
    page.get_by_role("button", name=owner.says("Change"), exact=True).click()
    page.locator(".k-drawn a").first.click()
    page.fill("[name=result]", result)
    page.locator("body").press("Control+Enter")
    page.get_by_role("link", name=owner.says("Publish")).click()
    page.get_by_role("button", name=re.compile("^(Опубликовать версию|Publish version) \\d")).click()
    expect(page.locator("main")).to_contain_text(result)
    picture(page, "5-conveyor")


def _invite(page: Page, owner: Try) -> None:
    for name, role in owner.people:
        page.goto("/setup/invitations/new/")
        page.fill("[name=name]", name)
        page.fill("[name=email]", f"{ROLES[role]}-{owner.language}@trial.example")
        page.get_by_label(role, exact=True).check()
        page.locator("main form").get_by_role("button", name=owner.says("Invite"), exact=True).click()
        expect(page.locator("main")).to_contain_text(
            owner.says("It works once, until %(until)s.").split(",")[0]
        )
    picture(page, "6-invited")


def _leave(page: Page, owner: Try) -> None:
    first = datetime.now(UTC).date() + timedelta(days=owner.away)
    page.goto("/absences/new/")
    page.locator("[name=member_id]").select_option(index=0)
    page.fill("[name=starts_on]", first.isoformat())
    page.fill("[name=ends_on]", (first + timedelta(days=13)).isoformat())
    page.locator("[name=rule]").select_option("share")
    page.get_by_role("button", name=owner.says("Show what goes to whom")).click()
    picture(page, "7-holiday")
    page.locator("main form[method=post]").last.get_by_role("button").click()
    expect(page).to_have_url(re.compile("/absences/[0-9a-f-]{36}/"))
    picture(page, "7-away")
    page.get_by_role("button", name=owner.says("Call it off")).click()
    expect(page.locator("main")).not_to_contain_text(owner.says("Call it off"))


def _count(page: Page, owner: Try) -> None:
    month = datetime.now(UTC).date().replace(day=1)
    for _back in range(owner.months_ago):
        month = (month - timedelta(days=1)).replace(day=1)
    page.goto(f"/sheet/?month={month:%Y-%m}")
    page.locator("tbody .k-sheet-cell").first.focus()
    page.evaluate(PASTE, WEEK)
    page.keyboard.press("Control+Enter")
    expect(page.locator("tfoot tr").first).to_contain_text("200")
    picture(page, "8-week")


def _worth(page: Page, owner: Try) -> None:
    page.goto("/funnel/forecast/")
    line = page.locator("tr", has_text=owner.says("A cold call")).first
    expect(line).to_contain_text("₽")
    picture(page, "9-worth")
