"""Two hands on a keyboard, no mouse. Under the Russian layout the keys stand where they stand and say other letters."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.town import Account

RUSSIAN = dict(
    zip(
        "QWERTYUIOPASDFGHJKLZXCVBNM",
        "йцукенгшщзфывапролдячсмить",
        strict=True,
    )
)
CTRL, SHIFT = 2, 8
FARTHEST = 120  # presses of Tab within one screen

# Whatever a mouse or a finger does is remembered; the last line of every journey asks for it.
WATCH = """() => {
  for (const act of ['pointerdown', 'mousedown', 'touchstart', 'wheel'])
    addEventListener(act, () => sessionStorage.setItem('konveyer-mouse', act), true);
}"""


class Hands:
    """Works a page as its reader would, by keys alone."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language
        page.add_init_script(f"({WATCH})()")
        self.wire = page.context.new_cdp_session(page)

    def press(self, *keys: str) -> None:
        """Keys by their place, one after the other: "KeyG", "Shift+KeyT", "Control+KeyK", "Enter"."""
        for key in keys:
            letter = key.rpartition("+")[2].removeprefix("Key")
            if self.language == "ru" and letter in RUSSIAN:
                self._press_russian(key, letter)
            else:
                self.page.keyboard.press(key)

    def _press_russian(self, key: str, letter: str) -> None:
        held = CTRL * ("Control" in key) + SHIFT * ("Shift" in key)
        said = RUSSIAN[letter].upper() if held & SHIFT else RUSSIAN[letter]
        common = {
            "code": f"Key{letter}",
            "key": said,
            "modifiers": held,
            "windowsVirtualKeyCode": ord(letter),
        }
        typed = {} if held & CTRL else {"text": said}
        self.wire.send("Input.dispatchKeyEvent", {"type": "keyDown", **common, **typed})
        self.wire.send("Input.dispatchKeyEvent", {"type": "keyUp", **common})

    def type(self, text: str) -> None:
        """Into whatever has the cursor."""
        self.page.keyboard.type(text)

    def write(self, field: str, text: str) -> None:
        """Walk to a field and say something else there."""
        self.walk_to(field)
        self.press("Control+KeyA")
        self.type(text)

    def walk_to(self, what: str) -> Locator:
        """Tab until this has the cursor."""
        wanted = self.page.locator(what).locator("visible=true").first
        expect(wanted).to_be_visible()
        passed = []
        for _press in range(FARTHEST):
            if wanted.evaluate("node => node === document.activeElement"):
                return wanted
            self.press("Tab")
            passed.append(self.page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
        raise AssertionError(f"Tab does not come to {what}, but to {passed[-12:]}")

    def choose(self, field: str, words: str) -> None:
        """The first option of a list that begins so, by typing it."""
        self.walk_to(field)
        self.type(words)

    def sees(self, what: str, words: str = "") -> Locator:
        """This stands on the screen."""
        seen = self.page.locator(what).locator("visible=true").first
        if words:
            expect(seen).to_contain_text(words)
        else:
            expect(seen).to_be_visible()
        return seen

    def sign_in(self, account: Account) -> None:
        """By the screen, cursor in its first field."""
        self.page.goto("/")
        expect(self.page.locator("[name=login]")).to_be_focused()
        self.type(account.email)
        self.press("Tab")
        self.type(account.password)
        self.press("Enter")
        self.page.wait_for_url("**/")
        self.sees(".k-app")
        self.page.wait_for_load_state("load")  # before that nobody listens to keys

    def no_mouse(self) -> None:
        """Nothing was pointed at."""
        assert self.page.evaluate("sessionStorage.getItem('konveyer-mouse')") is None
