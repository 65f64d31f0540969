"""A list goes in and comes out again in the browser: taken in, understood, tried, mended, written, taken back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Opens

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

HEADER = "Компания;Контакт;Телефон;E-mail;{city};Согласие"
ROWS = (
    "ООО «Кедр-Пак»;Ланской Виктор;8 (342) 200-18-40;lanskoy@kedr.example;Пермь;да",
    "ООО «Лишний»;Фирсов Глеб;8 342 200-11-78;firsov@lishny.example;Пермь;да;ещё",
    "АО «Рассвет»;Титова Мария;8 (342) 200-18-41;titova@rassvet.example;Казань;нет",
)
NAMES = ("Ланской Виктор", "Фирсов Глеб", "Титова Мария")
PATIENCE = 60_000  # ms: the worker shares the machine


def chosen(page: Page, city: str) -> None:
    """The list lies in the field, in the encoding of old Windows programs."""
    content = "\r\n".join((HEADER.format(city=city), *ROWS)).encode("cp1251")
    page.set_input_files(
        "[name=file]", files=[{"name": "клиенты.csv", "mimeType": "text/csv", "buffer": content}]
    )
    expect(page.locator("[data-file-name]")).to_have_text("клиенты.csv")


def tried(page: Page, rows: int) -> None:
    """The worker has tried it, and so many rows may be written."""
    button = page.get_by_role("button", name=re.compile(rf"^Write {rows} rows"))
    expect(button).to_be_visible(timeout=PATIENCE)


def names_in_the_list(page: Page) -> list[str]:
    """Those of our three who stand in the list of people."""
    page.goto("/base/contacts/")
    said = page.locator("main").inner_text()
    return [name for name in NAMES if name in said]


@pytest.mark.shows("I2.import", "S22", "S23")
def test_a_list_goes_in_by_keyboard_and_is_taken_back(opens: Opens) -> None:
    page = opens("/imports/")
    chosen(page, "Город")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/imports/[0-9a-f-]{36}/$"))
    address = page.url

    expect(page.locator(".k-import-box", has_text="Encoding")).to_contain_text("Windows-1251")
    expect(page.locator(".k-import-box", has_text="Delimiter")).to_contain_text("semicolon")
    expect(page.locator(".k-import-raw")).to_contain_text("Ланской Виктор")
    place = page.get_by_label("Where Город goes")
    expect(place).to_have_value("contact.city")
    tried(page, 2)
    place.select_option("company.city")
    again = page.get_by_role("button", name=re.compile("^Try again"))
    expect(page.get_by_text("Something was changed since this trial.")).to_be_visible()
    expect(again).to_have_class(re.compile("k-btn-p"))
    page.locator("body").press("Control+Enter")
    tried(page, 2)
    assert names_in_the_list(page) == []  # a trial leaves nothing

    page.goto(address)
    damaged = page.locator("#row-3")
    expect(damaged).to_contain_text("The row has 7 columns instead of 6")
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyE")
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("Cells without a column: ещё")
    page.keyboard.press("Control+Enter")
    expect(damaged).to_contain_text("mended, goes in")
    expect(dialog).not_to_be_visible()
    tried(page, 3)

    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("link", name="Open the list")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".k-stats")).to_contain_text("3 companies, 3 people")
    page.get_by_role("link", name="Open the list").click()
    expect(page).to_have_url(re.compile("/base/contacts/"))
    assert names_in_the_list(page) == list(NAMES)

    page.goto(address)
    page.get_by_role("button", name="See what taking back would do").click()
    expect(page.locator("#undo")).to_contain_text("Will go: 3 companies, 3 people", timeout=PATIENCE)
    assert names_in_the_list(page) == list(NAMES)  # looked at, not done
    page.goto(address)
    page.get_by_role("button", name="Take the import back").click()
    expect(page.get_by_text("This import was taken back.")).to_be_visible(timeout=PATIENCE)
    assert names_in_the_list(page) == []
    page.goto("/imports/")
    expect(page.locator("[data-row]", has_text="клиенты.csv").first).to_contain_text("taken back")


@pytest.mark.shows("I2.import", "I2.screens")
@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (390, "dark"), (1440, "dark")])
def test_the_wizard_is_read_by_everyone_on_every_screen(
    opens: Opens, axe: Callable[[Page], list[str]], width: int, theme: str
) -> None:
    page = opens("/imports/", width=width, theme=theme, expect=("status of 422",))

    def look() -> None:
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    look()
    page.locator("[name=pasted]").fill('{"a": 1}')
    page.get_by_role("button", name=re.compile("^Look at it")).click()
    expect(page.get_by_role("alert")).to_contain_text("The file was not taken in")
    look()
    page.goto("/imports/")
    chosen(page, "Где")
    page.get_by_role("button", name=re.compile("^Look at it")).click()
    tried(page, 2)
    look()
    page.locator("#row-3 a").click()
    expect(page.locator("#dialog")).to_contain_text("Cells without a column: ещё")
    look()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Leave").click()
    expect(page.locator("#dialog")).to_contain_text("Leave клиенты.csv?")
    look()
    page.get_by_role("button", name=re.compile("^Leave it")).click()
    expect(page).to_have_url(re.compile(r"/imports/$"))
    expect(page.get_by_text("Nothing was written, the file is gone.")).to_be_visible()
