"""The main work of each role, done without a mouse; half of the roles under the Russian layout, half under the English."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Sits
from tests.e2e.hands import Hands

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240, func_only=True), pytest.mark.shows("I2.keyboard")]

PATIENCE = 30_000  # ms: other processes share the machine
SAVE = "Control+Enter"
DIALOG = "#dialog[open]"
RECORD = re.compile(r"/[0-9a-f-]{36}/")


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options()


def first_row(hands: Hands) -> None:
    """Down to the first row of a list and into it."""
    hands.sees("[data-rows] [data-row]")
    hands.press("KeyJ", "Enter")


def first_record(hands: Hands) -> None:
    """The page of the first row."""
    first_row(hands)
    hands.page.wait_for_url(RECORD)
    hands.sees("main h1, main h2")


def saved(hands: Hands) -> None:
    """Send the dialog off; it goes away when all is stored."""
    hands.press(SAVE)
    expect(hands.page.locator(DIALOG)).to_have_count(0)


def go(hands: Hands, key: str, address: str) -> None:
    """G and a letter."""
    hands.press("KeyG", key)
    hands.page.wait_for_url(f"**{address}**")
    hands.sees(".k-app")


def note(hands: Hands, words: str) -> None:
    """Write a note on the record that is open."""
    hands.walk_to("a[href*='tab=notes'], #f-note")
    hands.press("Enter")
    hands.walk_to("#f-note")
    hands.type(words)
    hands.press(SAVE)
    hands.sees("main", words)


def test_telemarketer_writes_a_call_down(sits: Sits) -> None:
    hands, _lead = sits("ru", "telemarketer")
    first_record(hands)
    hands.press("Shift+KeyT")  # T alone calls: a program outside the browser takes the keyboard then
    hands.sees(f"{DIALOG} h2")
    hands.press("Digit2")
    expect(hands.page.locator(f"{DIALOG} [name=outcome]:checked")).to_have_count(1)
    hands.write(f"{DIALOG} [name=note]", "Просил позвонить утром")
    saved(hands)
    hands.sees("main", "Просил позвонить утром")


def test_closer_takes_over_a_lead(sits: Sits) -> None:
    hands, lead = sits("en", "closer", hand_on="meeting")
    hands.page.goto(f"/leads/{lead['id']}/")
    hands.sees("[data-key=KeyA]")
    hands.press("KeyA")
    expect(hands.page.locator("[data-key=KeyA]")).to_have_count(0)


def test_field_researcher_brings_a_company(sits: Sits) -> None:
    hands, _lead = sits("ru", "researcher")
    go(hands, "KeyB", "/base/companies/")
    hands.press("KeyC")
    hands.sees(f"{DIALOG} [name=name]")
    hands.write(f"{DIALOG} [name=name]", "ООО Вагранка")
    hands.press(SAVE)
    hands.sees("main", "Вагранка")


def test_head_of_sales_looks_where_it_stands_still(sits: Sits) -> None:
    hands, _lead = sits("en", "head")
    hands.walk_to("a.k-day-count")
    hands.press("Enter")
    hands.page.wait_for_url("**/leads/?waits=*")
    go(hands, "KeyL", "/leads/")
    first_record(hands)
    note(hands, "Ask for the plan by Friday")


def test_owner_invites_somebody(sits: Sits) -> None:
    hands, _lead = sits("ru", "owner")
    go(hands, "KeyS", "/setup/")
    hands.walk_to("a[href='/setup/members/']")
    hands.press("Enter")
    hands.page.wait_for_url("**/setup/members/")
    hands.walk_to("[hx-get='/setup/invitations/new/'], a[href='/setup/invitations/new/']")
    hands.press("Enter")
    hands.write("[name=email]", "new@keyboard.example")
    hands.sees("[name=email]")


def test_marketer_asks_which_source_sells(sits: Sits) -> None:
    hands, _lead = sits("en", "marketer")
    go(hands, "KeyF", "/funnel/")
    hands.walk_to("main a[href*='by=month']")
    hands.press("Enter")
    hands.page.wait_for_url("**by=month*")
    hands.sees("main table")


def test_account_manager_finds_a_client(sits: Sits) -> None:
    hands, _lead = sits("ru", "account")
    go(hands, "KeyP", "/base/people/")
    first_record(hands)
    name = hands.page.locator("main h1, main h2").first.inner_text().split()[0]
    hands.press("Control+KeyK")
    hands.type(name)
    hands.sees("[role=option]", name)
    hands.press("Escape")
    note(hands, "Позвонить перед отпуском")


def test_project_manager_writes_a_note_on_a_company(sits: Sits) -> None:
    hands, _lead = sits("en", "project")
    go(hands, "KeyB", "/base/companies/")
    first_record(hands)
    note(hands, "The contract starts on Monday")


def test_performer_plans_the_next_step(sits: Sits) -> None:
    hands, lead = sits("ru", "performer", hand_on="delivery")
    hands.page.goto(f"/leads/{lead['id']}/")
    hands.sees("[data-key=KeyA]")
    hands.press("KeyA")
    expect(hands.page.locator("[data-key=KeyA]")).to_have_count(0)
    note(hands, "Приступаю в понедельник")


def test_logistician_changes_a_deal(sits: Sits) -> None:
    hands, _lead = sits("en", "logistician")
    go(hands, "KeyR", "/deals/")
    first_record(hands)
    hands.walk_to("main [hx-get^='/deals/'][hx-get*='/change/']")
    hands.press("Enter")
    hands.sees(f"{DIALOG} [name=amount]")
    saved(hands)


def test_bookkeeper_writes_money_down(sits: Sits) -> None:
    hands, _lead = sits("ru", "bookkeeper")
    first_row(hands)
    hands.sees(f"{DIALOG} h2")
    hands.walk_to(f"{DIALOG} [hx-get*='/pay/']")
    hands.press("Enter")
    expect(hands.page.locator(f"{DIALOG} [name=amount]")).to_be_focused()
    hands.press("Control+KeyA")
    hands.type("1000")
    saved(hands)


def test_analyst_reads_the_stages(sits: Sits) -> None:
    hands, _lead = sits("en", "analyst")
    go(hands, "KeyF", "/funnel/")
    hands.walk_to("main a[href*='by=stage']")
    hands.press("Enter")
    hands.page.wait_for_url("**by=stage*")
    hands.press("KeyD")
    hands.sees("main table")
