"""Going to a screen in one of its states."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

from tests.e2e.finding import address_form, find, gone
from tests.e2e.looking import Eye
from tests.e2e.readers import Reader, Readers, prove
from tests.e2e.screens import SCREENS, Screen

TYPED = {
    "ru": {"company": "Камский", "signature": "Кудрин Роман Андреевич, директор, ООО Камский крепёж, +7 342 200-41-17"},
    "en": {"company": "Kestrel", "signature": "Roman Carter, director, Kestrel Metals Ltd, +44 20 7946 0958"},
}  # fmt: skip
IDLE = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
# What opens a dialog may stand in a closed menu: it is pressed where it is.
PRESS = """address => {
  const all = [...document.querySelectorAll('[hx-get]')].filter(node => node.getAttribute('hx-get') === address);
  if (!all.length) throw new Error('nothing opens ' + address);
  (all.find(node => node.getClientRects().length) ?? all[0]).click();
}"""
CLOSE = "() => document.querySelectorAll('dialog[open]').forEach(dialog => dialog.close())"
EMPTIED = """form => {
  for (const field of form.querySelectorAll('input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=submit]), textarea'))
    if (!field.readOnly) field.value = '';
  for (const field of form.querySelectorAll('input[type=checkbox], input[type=radio]')) field.checked = false;
  for (const field of form.querySelectorAll('select')) field.value = field.querySelector('option[value=""]') ? '' : field.value;
  form.noValidate = true;
  const sends = [...form.querySelectorAll('button')].filter(button => button.type === 'submit');
  form.requestSubmit(sends.find(button => button.matches('.k-btn-p')) ?? sends[0]);
}"""
AGAIN = "reauthenticate/"
HIDDEN = "-set-password/"  # the key of a new password does not stay in the address
FORMS = ("#dialog[open] form", "main form[method=post]:has(.k-btn-p)", "main form[method=post]", "main form")
SETTINGS = b'{"format": "konveyer-settings", "version": 1}'
BY_NAME: dict[str, Screen] = {}
for _screen in SCREENS:
    BY_NAME.setdefault(_screen.name, _screen)


class Unfound(AssertionError):
    """The address of a screen does not stand where the table says."""


@dataclass
class Sweep:
    """All screens in all states."""

    readers: Readers
    eye: Eye

    def faults(self, screen: Screen, language: str) -> list[str]:
        """Everything wrong with a screen in one language, each with its state."""
        return [f"{state}: {fault}" for state, found in self._states(screen, language) for fault in found]

    def _states(self, screen: Screen, language: str) -> Iterator[tuple[str, list[str]]]:
        here = self.readers.of(language, "demo", screen.who)
        yield "data", self.open(here, screen) + self._look(here, plain=False)
        kind, _colon, login = screen.wrong.partition(":")
        if kind == "form":
            yield "error", _send_empty(here) + self._look(here)
        elif kind == "unknown":
            yield "error", self._ask_for_nothing(here, screen) + self._look(here)
        elif kind == "refused":
            there = self.readers.of(language, "demo", login)
            there.at = ""
            yield "error", _arrived(there.page.goto(address_form(screen.name)[0]), 403) + self._look(there)
        if not screen.bare:
            place = "bare" if address_form(screen.name)[1] or screen.kind != "page" else "empty"
            there = self.readers.of(language, place, screen.who)
            yield "empty", self.open(there, screen) + self._look(there)

    def _look(self, reader: Reader, *, plain: bool = True) -> list[str]:
        return self.eye.faults(reader.page, reader.language, plain=plain) + reader.ears.heard()

    def open(self, reader: Reader, screen: Screen) -> list[str]:
        """Go there as people do: to the page, over it the dialog, then the keys."""
        if screen.kind == "part":
            found = self._open_below(reader, screen)
            reader.at = ""
        elif screen.kind == "dialog":
            found = self._open_below(reader, screen)
            address = self.address(reader, screen)
            with reader.page.expect_response(lambda answer: answer.url.endswith(address)) as answer:
                reader.page.evaluate(PRESS, address)
            found += _arrived(answer.value, 200)
            reader.page.wait_for_selector("#dialog[open] h2")
        else:
            found = _go(reader, self.address(reader, screen))
        for step in screen.does:
            _do(reader.page, step, TYPED[reader.language])
        reader.page.wait_for_function(IDLE)
        return found

    def _open_below(self, reader: Reader, screen: Screen) -> list[str]:
        """The page or dialog from which a dialog is opened; a page that stands there already is not loaded again."""
        host = None if screen.on.startswith("@") else _narrowed(BY_NAME[screen.on], screen)
        if host and host.kind != "page":
            return self.open(reader, host)
        address = self.address(reader, host) if host else reader.noted[screen.on[1:]]
        if reader.at != address:
            return _go(reader, address)
        reader.page.evaluate(CLOSE)
        return []

    def address(self, reader: Reader, screen: Screen) -> str:
        """Where it is for this reader: its own address, or the first one on the screen where it stands."""
        form, parameters = address_form(screen.name)
        if screen.on.startswith("@") and screen.kind == "page":
            return reader.noted[screen.on[1:]]
        if screen.on.startswith("@"):
            source = reader.source(reader.noted[screen.on[1:]])
        elif not parameters and screen.kind == "page":
            return form + screen.among
        else:
            host = _narrowed(BY_NAME[screen.on], screen)
            source = reader.source(self.address(reader, host), part=host.kind == "dialog")
        address = find(screen.name, source) or ("" if parameters else form)
        if not address:
            raise Unfound(f"no address of {screen.name} on {screen.on}{screen.among}")
        return address

    def _ask_for_nothing(self, reader: Reader, screen: Screen) -> list[str]:
        """The record was there when the page was made, and is gone when it is asked for."""
        address = self.address(reader, screen)
        if screen.kind != "dialog":
            reader.at = ""
            return _arrived(reader.page.goto(gone(address)), 404)
        found = self._open_below(reader, screen)
        elsewhere = reader.home + gone(address)
        reader.page.route(f"**{address}", lambda route: route.continue_(url=elsewhere), times=1)
        with reader.page.expect_response(lambda answer: answer.status == 404):
            reader.page.evaluate(PRESS, address)
        reader.page.wait_for_selector("#dialog[open] h2, .k-toast")
        return found


def _go(reader: Reader, address: str) -> list[str]:
    answer, reader.at = reader.page.goto(address), address
    if AGAIN in reader.page.url and AGAIN not in address:
        answer = prove(reader.page, reader.password)
    elsewhere = urlsplit(reader.page.url).path != urlsplit(address).path and not reader.page.url.endswith(
        HIDDEN
    )
    return _arrived(answer, 200) + [f"{reader.page.url} instead of {address}"] * elsewhere


def _narrowed(host: Screen, screen: Screen) -> Screen:
    """The screen below, looked for where the one above says."""
    return host if not screen.among else Screen(**{**vars(host), "among": screen.among})


def _arrived(answer: Response | None, status: int) -> list[str]:
    if answer is None or answer.status == status:
        return []
    return [f"{answer.status} instead of {status} at {answer.url}"]


def _send_empty(reader: Reader) -> list[str]:
    """Send the form off with nothing in it; something must say what is missing."""
    page = reader.page
    if not page.locator("#dialog[open]").count():
        reader.at = ""
    with page.expect_response(
        lambda answer: answer.request.method == "POST" or answer.request.is_navigation_request()
    ):
        next(forms for forms in map(page.locator, FORMS) if forms.count()).first.evaluate(EMPTIED)
    page.wait_for_load_state()
    page.wait_for_function(IDLE)
    said = page.locator("[role=alert], [aria-invalid=true], .k-err, .k-note-bad, .k-note-warn")
    return [] if said.count() else ["an empty form is taken without a word"]


def _do(page: Page, step: str, typed: dict[str, str]) -> None:
    """One step: "press KEY", "type WORDS", "click SELECTOR", "fill SELECTOR WORDS", "wait SELECTOR", "file SELECTOR", "settle"."""
    act, _space, what = step.partition(" ")
    if act == "press":
        page.keyboard.press(what)
    elif act == "type":
        page.keyboard.type(what.format(**typed))
    elif act == "fill":
        page.fill(*what.split(" "))
    elif act == "click":
        page.locator(what).first.click()
    elif act == "file":
        page.set_input_files(
            what, {"name": "settings.json", "mimeType": "application/json", "buffer": SETTINGS}
        )
    elif act == "wait":
        page.wait_for_selector(what, state="attached")
    else:
        page.wait_for_timeout(400)
