"""The first day of the owner of a small firm: his base out of Excel, its doubles, a conveyor of his own, people, a holiday, a
week of counts, and what one more call is worth.

With KONVEYER_PICTURES=FOLDER each step leaves a picture there.
"""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Opens
from tests.e2e.test_sheet import PASTE

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

ROWS = (
    "Компания;Контакт;Телефон;E-mail;Город",
    "ООО «Вересковый двор»;Ланская Инна;8 (342) 200-33-40;inna@heather.example;Пермь",
    "Vereskovyy dvor;Дроздов Павел;8 (342) 200-33-41;office@dvor.example;Пермь",
    "АО «Рябина-Снаб»;Рябова Мария;8 (342) 200-33-42;ryabova@rowan.example;Казань",
)
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
@pytest.mark.parametrize("width", [1440, 390])
def test_from_an_excel_base_to_the_worth_of_a_call(opens: Opens, width: int) -> None:
    page = opens("/imports/", width=width)
    if width == 1440:
        _bring(page)
        _merge(page)
        _draw(page)
        _invite(page)
        _leave(page)
        _count(page)
    _worth(page)


def _bring(page: Page) -> None:
    content = "\r\n".join(ROWS).encode("cp1251")
    page.set_input_files(
        "[name=file]", files=[{"name": "база.csv", "mimeType": "text/csv", "buffer": content}]
    )
    page.locator("body").press("Control+Enter")
    expect(page.locator(".k-import-box", has_text="Кодировка")).to_contain_text("Windows-1251")
    expect(page.get_by_role("button", name=re.compile("^Записать 3 строк"))).to_be_visible()
    picture(page, "1-trial")
    page.locator("body").press("Control+Enter")
    expect(page.get_by_role("link", name="Открыть список")).to_be_visible()
    expect(page.locator(".k-stats")).to_contain_text("3 компании, 3 человека")
    picture(page, "2-written")


def _merge(page: Page) -> None:
    page.goto("/base/duplicates/")
    page.get_by_role("button", name="Проверить сейчас").click()
    pair = page.locator("[data-row]", has_text="Вересковый двор")
    expect(pair).to_contain_text("Vereskovyy dvor")
    picture(page, "3-duplicates")
    pair.locator("[data-row-link]").click()
    expect(page.get_by_role("button", name=re.compile("^Объединить"))).to_be_visible()
    picture(page, "4-side-by-side")
    page.locator("body").press("Control+Enter")
    page.goto("/base/companies/?q=двор")
    expect(page.locator("[data-row]")).to_have_count(1)


def _draw(page: Page) -> None:
    page.goto("/setup/conveyors/")
    page.locator("[data-row-link]").first.click()
    page.get_by_role("button", name="Изменить").click()
    page.locator(".k-drawn a").first.click()
    page.fill("[name=result]", "анкета заполнена при нас")
    page.locator("body").press("Control+Enter")
    page.get_by_role("link", name="Опубликовать").click()
    page.get_by_role("button", name=re.compile("^Опубликовать версию 2")).click()
    expect(page.locator("main")).to_contain_text("анкета заполнена при нас")
    picture(page, "5-conveyor")


def _invite(page: Page) -> None:
    for name in ("Алина", "Марина"):
        page.goto("/setup/invitations/new/")
        page.fill("[name=name]", name)
        page.fill("[name=email]", f"{'alina' if name == 'Алина' else 'marina'}@trial.example")
        page.get_by_label("Телемаркетолог" if name == "Алина" else "Закрывающий", exact=True).check()
        page.locator("main form").get_by_role("button", name="Пригласить").click()
        expect(page.locator("main")).to_contain_text("Сработает один раз")
    picture(page, "6-invited")


def _leave(page: Page) -> None:
    first = datetime.now(UTC).date() + timedelta(days=30)
    page.goto("/absences/new/")
    page.locator("[name=member_id]").select_option(index=0)
    page.fill("[name=starts_on]", first.isoformat())
    page.fill("[name=ends_on]", (first + timedelta(days=13)).isoformat())
    page.locator("[name=rule]").select_option("share")
    page.get_by_role("button", name="Показать, что кому перейдёт").click()
    picture(page, "7-holiday")
    page.locator("main form[method=post]").last.get_by_role("button").click()
    expect(page).to_have_url(re.compile("/absences/"))


def _count(page: Page) -> None:
    page.goto(f"/sheet/?month={(datetime.now(UTC).date().replace(day=1) - timedelta(days=1)):%Y-%m}")
    page.locator("tbody .k-sheet-cell").first.focus()
    page.evaluate(PASTE, WEEK)
    page.keyboard.press("Control+Enter")
    expect(page.locator("tfoot tr").first).to_contain_text("200")
    picture(page, "8-week")


def _worth(page: Page) -> None:
    page.goto("/funnel/forecast/")
    line = page.locator("tr", has_text="Холодный звонок").first
    expect(line).to_contain_text("₽")
    picture(page, "9-worth")
