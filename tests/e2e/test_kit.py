"""The design system in a browser: keyboard, dialogs, messages."""

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import Opens

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def test_a_key_opens_the_gate_and_it_asks_until_it_has_the_fact(opens: Opens) -> None:
    page = opens("/components/", expect=("status of 422",))
    page.keyboard.press("KeyC")
    dialog = page.locator("#dialog")
    expect(dialog.locator("[name=word]")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(dialog.locator("[role=alert]")).to_be_visible()
    dialog.locator("[name=word]").fill("pendulum")
    page.keyboard.press("Control+Enter")
    expect(dialog).not_to_be_visible()
    expect(page.locator(".k-toast")).to_have_count(1)


def test_single_keys_are_silent_in_fields_and_can_be_switched_off(opens: Opens) -> None:
    page = opens("/components/")
    page.locator("#f-sum").focus()
    page.keyboard.press("KeyC")
    expect(page.locator("#dialog")).not_to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Slash")
    page.locator(".k-keys-more dialog input[type=checkbox]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("KeyC")
    page.wait_for_timeout(300)
    expect(page.locator("#dialog")).not_to_be_visible()


def test_the_palette_opens_and_closes(opens: Opens) -> None:
    page = opens("/components/")
    page.keyboard.press("Control+KeyK")
    expect(page.locator("#palette input")).to_be_focused()
    page.keyboard.type("abc")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()


def test_rows_by_keyboard(opens: Opens) -> None:
    page = opens("/components/")
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyJ")
    expect(page.locator("[data-row]").nth(1).locator("a").first).to_be_focused()
    page.keyboard.press("KeyX")
    expect(page.locator("[data-picked-bar]")).to_be_visible()
    expect(page.locator("[data-row]").nth(1)).to_have_attribute("aria-selected", "true")


def test_a_menu_opens_inside_the_window_and_gives_the_focus_back(opens: Opens) -> None:
    page = opens("/components/")
    button = page.locator(".k-nav .k-menu > button")
    button.click()
    box = page.locator(".k-nav .k-pop").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] + box["height"] <= 900
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_theme_stays_after_reload(opens: Opens) -> None:
    page = opens("/components/")
    page.locator(".k-nav .k-menu > button").click()
    page.locator(".k-nav [x-data=theme] button").nth(1).click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_lost_network_is_said_and_the_request_can_be_repeated(opens: Opens) -> None:
    page = opens("/components/", expect=("ERR_INTERNET_DISCONNECTED", "sendError"))
    page.context.set_offline(True)
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('htmx:sendError', {detail: {requestConfig: {verb: 'get', path: '/components/dialog', elt: document.body, target: document.querySelector('#dialog'), formData: new FormData()}}}))"
    )
    page.context.set_offline(False)
    page.locator(".k-toast button").first.click()
    expect(page.locator("#dialog")).to_be_visible()


def test_an_answer_is_heard_when_what_was_pressed_is_gone(opens: Opens) -> None:
    page = opens("/components/", expect=("status of 404", "Response Status Error Code 404"))
    held: list[Route] = []
    page.route("**/components/dialog", lambda route: held.append(route))
    with page.expect_request("**/components/dialog"):
        page.keyboard.press("KeyC")
    page.evaluate("document.querySelector('[hx-get$=\"/components/dialog\"]').remove()")
    held[0].fulfill(status=404)
    expect(page.locator(".k-toast")).to_have_count(1)


def test_a_dialog_opened_anew_before_its_closing_is_told_keeps_what_it_says(opens: Opens) -> None:
    page = opens("/components/")
    page.keyboard.press("KeyC")
    expect(page.locator("#dialog[open] h2")).to_be_visible()
    page.evaluate(
        "const d = document.getElementById('dialog'), kept = [...d.childNodes]; d.close(); d.replaceChildren(...kept); d.showModal()"
    )
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator("#dialog[open] h2")).to_be_visible()


def test_nav_on_a_phone_is_a_drawer(opens: Opens) -> None:
    page = opens("/components/", width=390)
    expect(page.locator(".k-nav")).not_to_be_visible()
    page.locator(".k-nav-open").click()
    expect(page.locator(".k-nav")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".k-nav")).not_to_be_visible()
    expect(page.locator(".k-nav-open")).to_be_focused()


@pytest.mark.shows("I2.csp")
def test_nothing_comes_from_another_host(opens: Opens) -> None:
    page = opens("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/components/")
    page.wait_for_timeout(500)
    assert {url.split("/")[2].split(":")[0] for url in asked if "://" in url} == {"127.0.0.1"}
