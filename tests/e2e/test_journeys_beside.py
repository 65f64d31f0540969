"""One journey per role without a mouse: who heads, delivers, counts. The Russian ones under the Russian layout."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Sits

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180, func_only=True), pytest.mark.shows("I2.keyboard")]


@pytest.mark.xdist_group("en")
def test_owner_looks_at_the_keys_and_invites_somebody(sits: Sits) -> None:
    hands, _lead = sits("en", "owner")
    hands.press("Shift+Slash")
    hands.sees(".k-keys-more dialog[open]", "Settings")
    hands.press("Escape", "BracketLeft")
    expect(hands.page.locator("#app")).to_have_class(re.compile("k-app-rail"))
    hands.press("KeyG", "KeyS")
    hands.page.wait_for_url("**/setup/**")
    hands.walk_to("a[href$='/setup/members/']")
    hands.press("Enter")
    hands.page.wait_for_url("**/setup/members/")
    hands.press("KeyC")
    hands.page.wait_for_url("**/invite/")
    hands.write("[name=email]", "newcomer@guest.example")
    hands.write("[name=name]", "Nora Newcomer")
    hands.walk_to("[name=roles]")
    hands.press("Space", "Control+Enter")
    hands.sees("[role=status]", "Nora Newcomer is invited")
    hands.press("KeyG", "KeyJ")
    hands.page.wait_for_url("**/journal/")


@pytest.mark.xdist_group("ru")
def test_head_of_sales_moves_a_card_takes_it_back_and_gives_a_lead_to_somebody(sits: Sits) -> None:
    hands, _lead = sits("ru", "head")
    hands.press("KeyG", "KeyD")
    hands.page.wait_for_url("**/board/")
    hands.press("KeyF")
    hands.sees("[data-key=KeyF]:focus")
    hands.press("Escape", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp")
    card = hands.page.locator("[data-lead]:focus-within")
    expect(card).to_have_count(1)
    name = card.get_attribute("data-title") or ""
    hands.press("KeyM", "ArrowRight", "Enter")
    hands.sees("#dialog[open] h2", name)
    hands.walk_to("#dialog summary")
    hands.press("Enter")
    hands.write("[name=override_reason]", "Договорились на встрече")
    hands.press("Control+Enter")
    expect(hands.page.locator("#dialog")).not_to_be_visible()
    hands.press("Enter")
    hands.page.wait_for_url("**/leads/**")
    hands.walk_to(".k-lead-acts [aria-haspopup=menu]")
    hands.press("Enter", "ArrowDown", "ArrowDown", "Enter")
    hands.sees("#dialog[open] h2", "Кто ведёт")
    hands.choose("[name=member]", "Алина")
    hands.press("Control+Enter")
    hands.sees("#lead", "Алина Сафина")


@pytest.mark.xdist_group("en")
def test_field_researcher_adds_a_company_and_brings_a_list_in(sits: Sits) -> None:
    hands, _lead = sits("en", "researcher")
    hands.press("KeyG", "KeyB")
    hands.page.wait_for_url("**/base/companies/")
    hands.press("KeyC")
    hands.write("#dialog [name=name]", "Harbour Ropes")
    hands.write("#dialog [name=city]", "Hull")
    hands.press("Control+Enter")
    hands.sees("h1", "Harbour Ropes")
    hands.press("KeyN")
    hands.type("Two sellers, both prospect")
    hands.press("Control+Enter")
    hands.sees(".k-notes-list", "Two sellers, both prospect")
    hands.press("Escape", "KeyG", "KeyI")
    hands.page.wait_for_url("**/imports/")
    hands.write("[name=pasted]", "Company;Phone\nTide Sails Ltd;+44 20 7946 0951\n")
    hands.press("Control+Enter")
    hands.sees("button", "Write 1 row")
    hands.press("Escape", "Control+Enter")
    hands.sees(".k-chip", "done")


@pytest.mark.xdist_group("ru")
def test_project_manager_finds_the_client_and_writes_what_was_agreed(sits: Sits) -> None:
    hands, _lead = sits("ru", "project")
    hands.press("Control+KeyK")
    hands.type("камский")
    hands.sees("#found-records [data-found]")
    hands.press("Enter")
    hands.page.wait_for_url(re.compile("/(base|leads)/"))
    hands.press("KeyG", "KeyP")
    hands.page.wait_for_url("**/base/people/")
    hands.press("KeyJ", "KeyJ", "Enter")
    hands.page.wait_for_url(re.compile("/base/people/.+"))
    hands.press("KeyN")
    hands.type("Приёмка во вторник")
    hands.press("Control+Enter")
    hands.sees(".k-notes-list", "Приёмка во вторник")
    hands.press("Escape", "KeyE")
    hands.write("#dialog [name=city]", "Пермь")
    hands.press("Control+Enter")
    hands.sees(".k-dl", "Пермь")


@pytest.mark.xdist_group("en")
def test_performer_accepts_the_project_and_gives_it_to_the_account_manager(sits: Sits) -> None:
    hands, lead = sits("en", "performer", hand_on="project")
    hands.walk_to(f".k-day-item a[href='/leads/{lead['id']}/']")
    hands.press("Enter")
    hands.sees(".k-banner")
    hands.press("KeyA")
    expect(hands.page.locator(".k-banner")).to_have_count(0)
    hands.press("Shift+KeyT", "Digit1")
    hands.write("[name=note]", "First week shown to the client")
    hands.press("Control+Enter")
    hands.sees(".k-tl", "First week shown to the client")
    hands.press("KeyM")
    hands.walk_to("#dialog button:has-text('Client development')")
    hands.press("Enter")
    hands.walk_to("[name=fact-project_accepted]")
    hands.press("Space", "Control+Enter")
    hands.sees(".k-belt .n", "Client development")


@pytest.mark.xdist_group("ru")
def test_logistician_accepts_the_invoice_and_passes_the_paid_lead_on(sits: Sits) -> None:
    hands, lead = sits("ru", "logistician", hand_on="invoice")
    hands.walk_to(f".k-day-item a[href='/leads/{lead['id']}/']")
    hands.press("Enter")
    hands.sees(".k-banner")
    hands.press("KeyA")
    expect(hands.page.locator(".k-banner")).to_have_count(0)
    hands.press("KeyM")
    hands.walk_to("#dialog button:has-text('Проект')")
    hands.press("Enter")
    hands.walk_to("[name=fact-invoice_paid]")
    hands.press("Space")
    hands.write("[name=introduction]", "Старт в понедельник")
    hands.press("Control+Enter")
    hands.sees(".k-belt .n", "Проект")


@pytest.mark.xdist_group("en")
def test_bookkeeper_records_a_payment(sits: Sits) -> None:
    hands, _lead = sits("en", "bookkeeper")
    hands.press("KeyJ", "Enter")
    hands.sees("#dialog[open] .k-dl")
    hands.press("KeyP")
    hands.sees("#dialog[open] [name=amount]:focus")
    hands.write("[name=amount]", "12")
    hands.write("[name=note]", "payment order 17")
    hands.press("Control+Enter")
    hands.sees(".k-toast")
    hands.press("KeyG", "KeyR")
    hands.page.wait_for_url("**/deals/")
    hands.press("KeyJ", "Enter")
    hands.sees("#dialog[open] .k-dl")
    hands.press("Escape")
    expect(hands.page.locator("#dialog")).not_to_be_visible()


@pytest.mark.xdist_group("ru")
def test_analyst_reads_the_funnel_opens_what_is_behind_and_takes_it_along(sits: Sits) -> None:
    hands, _lead = sits("ru", "analyst")
    hands.press("KeyG", "KeyF")
    hands.page.wait_for_url("**/funnel/")
    hands.press("KeyD")
    hands.sees("[name=period]:focus")
    hands.press("ArrowDown", "Tab")
    hands.page.wait_for_url("**/funnel/?**")
    with hands.page.expect_download() as saved:
        hands.press("Escape", "KeyX")
    assert saved.value.suggested_filename.endswith(".csv")
