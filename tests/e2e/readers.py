"""Who looks: windows of a browser, each signed in as somebody."""

import base64
import hashlib
import hmac
import re
import struct
import time
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.e2e.looking import Ears
from tests.e2e.town import Account, Desk, furnish
from tests.house import House

PATIENCE = 60_000  # ms, on a busy machine


def code_now(secret: str) -> str:
    """The six digits of a second factor (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@dataclass
class Reader:
    """One person's browser window, with what it says and the addresses that were laid out for it."""

    context: BrowserContext
    page: Page
    ears: Ears
    language: str
    home: str
    password: str = ""
    at: str = ""  # where the page stands as it came, whatever dialogs were opened over it
    noted: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def source(self, address: str, *, part: bool = False) -> str:
        """The page as it came, read once."""
        if address not in self.sources:
            headers = {"HX-Request": "true"} if part else {}
            self.sources[address] = self.context.request.get(address, headers=headers).text()
        return self.sources[address]


class Readers:
    """Everybody who looks, signed in when first needed."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house
        self.known: dict[tuple[str, str, str], Reader] = {}

    def of(self, language: str, place: str, who: str = "owner") -> Reader:
        """The window of `who` (a login, "stranger", "guarded" or "half") in a place."""
        key = (language, place if who == "owner" else "demo", who)
        if key not in self.known:
            self.known[key] = self._open(*key)
        return self.known[key]

    def close(self) -> None:
        """Close all windows."""
        for reader in self.known.values():
            reader.context.close()

    def window(self, language: str) -> BrowserContext:
        """A window in which nobody is signed in."""
        context = self.browser.new_context(
            base_url=self.house.url, viewport={"width": 1440, "height": 900}, locale=language, reduced_motion="reduce"
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        return context

    def _open(self, language: str, place: str, who: str) -> Reader:
        context = self.window(language)
        page = context.new_page()
        reader = Reader(context, page, Ears(page, self.house.url), language, self.house.url)
        account = Account(language, place, "roza" if who in ("guarded", "half") else who)
        reader.password = account.password
        if who == "stranger":
            reader.noted = {**self.of(language, "demo").noted, "reset": self._reset_link(language)}
        elif who == "half":
            self.of(language, "demo", "guarded")
            sign_in(page, account)
        elif who == "guarded":
            sign_in(page, account)
            _guard(page, account.password)
        else:
            sign_in(page, account)
            if who == "owner":
                reader.noted = furnish(Desk(context), account)
        return reader

    def _reset_link(self, language: str) -> str:
        """A link to a new password, as it came by mail."""
        context = self.window(language)
        page = context.new_page()
        page.goto("/sign-in/password/reset/")
        page.fill("[name=email]", Account(language, "demo", "olga").email)
        with page.expect_navigation():
            page.click("button.k-btn-p")
        context.close()
        letters = sorted((self.house.home / "outgoing-mail").iterdir(), key=lambda file: file.stat().st_mtime)
        found = re.findall(r"/sign-in/password/reset/\w+-\S+/", letters[-1].read_text())
        return str(found[-1])


def sign_in(page: Page, account: Account) -> None:
    """Through the screen."""
    page.goto("/sign-in/login/")
    page.fill("[name=login]", account.email)
    page.fill("[name=password]", account.password)
    with page.expect_navigation():
        page.click("button.k-btn-p")


def prove(page: Page, password: str) -> Response | None:
    """Say the password again, where it is asked for once more; what stood behind it."""
    page.fill("[name=password]", password)
    with page.expect_navigation() as behind:
        page.click("main button.k-btn-p, form button.k-btn-p")
    return behind.value


def _guard(page: Page, password: str) -> None:
    page.goto("/sign-in/second-factor/totp/activate/")
    prove(page, password)
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.content())
    assert secret is not None
    # A code that runs out on its way is refused; on a busy machine the way may be long.
    if (left := 30 - time.time() % 30) < 10:
        page.wait_for_timeout(left * 1000 + 100)
    page.fill("[name=code]", code_now(secret[0]))
    with page.expect_navigation():
        page.click("button.k-btn-p")
    assert "activate" not in page.url, page.inner_text("main, body")
