"""A list goes in and comes out again in the browser: taken in, understood, tried, mended, written, taken back."""

import re
from collections.abc import Iterator

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
SURNAMES = ["Ланской", "Титова", "Фирсов"]
PATIENCE = 60_000  # ms: the worker shares the machine


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options()


def chosen(page: Page, city: str) -> None:
    """The list lies in the field, in the encoding of old Windows programs."""
    content = "\r\n".join((HEADER.format(city=city), *ROWS)).encode("cp1251")
    page.set_input_files(
        "[name=file]", files=[{"name": "клиенты.csv", "mimeType": "text/csv", "buffer": content}]
    )
    expect(page.locator("[data-file-name]")).to_have_text("клиенты.csv")


def tried(page: Page, rows: int) -> None:
    """The worker has tried it, and so many rows may be written."""
    button = page.get_by_role("button", name=re.compile(rf"^Записать {rows} строк"))
    expect(button).to_be_visible(timeout=PATIENCE)


def people(page: Page) -> list[str]:
    """Which of our three stand in the list of people."""
    page.goto("/base/people/")
    said = page.locator("main").inner_text()
    return [name for name in SURNAMES if name in said]


@pytest.mark.shows("I2.import", "S22", "S23")
def test_a_list_goes_in_by_keyboard_and_is_taken_back(opens: Opens) -> None:
    page = opens("/imports/")
    chosen(page, "Город")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/imports/[0-9a-f-]{36}/$"))
    address = page.url

    expect(page.locator(".k-import-box", has_text="Кодировка")).to_contain_text("Windows-1251")
    expect(page.locator(".k-import-box", has_text="Разделитель")).to_contain_text("точка с запятой")
    expect(page.locator(".k-import-raw")).to_contain_text("Ланской Виктор")
    place = page.get_by_label("Куда идёт «Город»")
    expect(place).to_have_value("contact.city")
    tried(page, 2)
    place.select_option("company.city")
    again = page.get_by_role("button", name=re.compile("^Повторить"))
    expect(page.get_by_text("После этой пробы что-то изменили.")).to_be_visible()
    expect(again).to_have_class(re.compile("k-btn-p"))
    page.locator("body").press("Control+Enter")
    tried(page, 2)
    assert people(page) == []  # a trial leaves nothing

    page.goto(address)
    damaged = page.locator("#row-3")
    expect(damaged).to_contain_text("В строке 7 столбцов вместо 6.")
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyE")
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("Ячейки без столбца: ещё")
    page.keyboard.press("Control+Enter")
    expect(damaged).to_contain_text("исправлена, возьмём")
    expect(dialog).not_to_be_visible()
    tried(page, 3)

    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("link", name="Открыть список")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".k-stats")).to_contain_text("3 компании, 3 человека")
    page.get_by_role("link", name="Открыть список").click()
    expect(page).to_have_url(re.compile("/base/people/"))
    assert people(page) == SURNAMES

    page.goto(address)
    page.get_by_role("button", name="Посмотреть, что отменится").click()
    expect(page.locator("#undo")).to_contain_text("Будет удалено: 3 компании, 3 человека")
    assert people(page) == SURNAMES  # looked at, not done
    page.goto(address)
    page.get_by_role("button", name="Отменить загрузку").click()
    expect(page.get_by_text("Эта загрузка отменена.")).to_be_visible(timeout=PATIENCE)
    assert people(page) == []
    page.goto("/imports/")
    expect(page.locator("[data-row]", has_text="клиенты.csv").first).to_contain_text("отменено")
