"""What is wrong with the page that a reader sees: by axe, by the size of the window, by the words, by what the browser said."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from konveyer.domain.demo.rules.words import latin, words

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Every screen is judged in each theme and at each width in each language; all four pairs come up over both languages.
LOOKS = {"ru": (("light", 1440), ("dark", 390)), "en": (("dark", 1440), ("light", 390))}
# Errors and emptiness have one look in each language: the longer language where it is narrow.
PLAIN = {"ru": (("dark", 390),), "en": (("light", 1440),)}
# What is no matter of theme or width is asked once in each language.
BROAD = {"ru": 1440, "en": 390}
OF_LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]

# Over a page that is judged by itself only the open dialog is judged.
JUDGE = """rules => axe.run(
  document.querySelector('dialog[open]') ? {include: [['dialog[open]'], ['.k-toasts']]} : document,
  {resultTypes: ['violations'], preload: false, ...(rules.length ? {runOnly: rules} : {})},
).then(said => said.violations.map(fault => fault.id + ': ' + fault.nodes[0].html.slice(0, 220) + ' (' + fault.nodes.length + ')'))"""

# What stands on the page but for its words: two pages alike in this are judged once.
FRAME = """() => [...document.querySelectorAll('body *')].map(node => node.tagName + '.' + node.className + ':' + node.getAttributeNames()
  .map(name => /^(aria|role|type|hidden)/.test(name) ? name + '=' + node.getAttribute(name) : name) + (node.textContent.trim() ? '+' : '-')).join('|')"""

WIDER = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide <= 0) return '';
  const past = [...document.body.querySelectorAll('*')].filter(node => node.getBoundingClientRect().right > innerWidth + 1);
  return wide + ' px too wide: ' + past.slice(0, 3).map(node => node.outerHTML.slice(0, 120)).join(' | ');
}"""

# The colours at once, not on the way to them.
DRESS = """theme => {
  document.documentElement.dataset.theme = theme;
  for (const moving of document.getAnimations()) moving.finish();
}"""

# Texts as read and as read out, seen or still hidden in menus; not what is typed by key, drawn, or marked as a code or a name.
WORDS = """() => {
  const said = [document.title];
  const silent = 'script, style, svg, kbd, code, pre, textarea, .k-code, [lang], [translate=no]';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest(silent)) said.push(walk.currentNode.data);
  for (const node of document.body.querySelectorAll('*')) {
    if (node.closest('[lang], [translate=no]')) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-label', 'data-key-label', 'data-title'])
      if (node.hasAttribute(name)) said.push(node.getAttribute(name));
  }
  const texts = document.getElementById('texts');
  if (texts) said.push(...Object.values(texts.dataset));
  return said.map(text => text.trim()).filter(Boolean);
}"""

# Russian text keeps these: names of things that have no Russian one, and units of the trade.
LATIN = frozenset(
    re.findall(
        r"\w+",
        "Konveyer CSV XLSX API JSON PDF HTTP HTTPS URL CRM SMS VIP TOTP QR HMAC SHA SQL OpenAPI IP Telegram WhatsApp Viber Excel "
        "Google Chrome Firefox Safari Linux Windows Enter Esc Ctrl Shift",
    )
)
# Some clients of the made-up firm stand in its base a second time, typed in the other alphabet.
_W = words("ru")
TYPED = frozenset(
    re.findall(
        r"[A-Za-z]+",
        " ".join(
            latin(one)
            for one in (
                *_W.heads,
                *_W.tails,
                *_W.cities,
                *_W.last_names,
                *(f"{one}а" for one in _W.last_names),
                *(f"{one[:-2]}ая" for one in _W.last_names),
            )
        ),
    )
)
NAMES = re.compile(
    r"https?://\S+|\S+@\S+|\b[\w-]+(\.[\w-]+)*\.(example|ru|com|org|csv|xlsx|toml|txt|json)\b|\b[a-z]+_[a-z_]+\b|\{\w+\}",
    re.I,
)
LATIN_WORD, CYRILLIC = re.compile(r"[A-Za-z]{2,}"), re.compile(r"[А-Яа-яЁё]+")


def foreign_words(said: list[str], language: str) -> list[str]:
    """Words of the other language, with the text in which they stand."""
    found = {}
    for text in said:
        rest = NAMES.sub(" ", text)
        for word in (LATIN_WORD if language == "ru" else CYRILLIC).findall(rest):
            if language != "ru" or word not in LATIN | TYPED:
                found.setdefault(word, f"{word!r} in {text[:80]!r}")
    return sorted(found.values())


class Ears:
    """Listens to a page for as long as it lives: errors of the console and of scripts, requests to other hosts, failures."""

    def __init__(self, page: Page, home: str) -> None:
        self.home = home
        self.said: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.said.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: Any) -> None:
        # a refusal is no error of the page; which refusal was due is checked where it is asked for
        if message.type == "error" and not re.search(
            r"status of (40[349]|422)|Response Status Error Code (40[349]|422)", message.text
        ):
            self.said.append(f"console: {message.text[:300]}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.home, "data:", "about:", "blob:", "tel:", "mailto:")):
            host = request.url.split("/")[2].rsplit(":", 1)[0]
            if host != self.home.split("/")[2].rsplit(":", 1)[0]:
                self.said.append(f"another host: {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 500:
            self.said.append(f"failed: {response.status} {response.url}")

    def heard(self) -> list[str]:
        """What was said since last asked."""
        said, self.said = self.said, []
        return said


class Eye:
    """Looks at what stands on a page, in all looks."""

    def __init__(self) -> None:
        self.axe = AXE.read_text(encoding="utf-8")
        self.judged: set[tuple[str, int]] = set()

    def faults(self, page: Page, language: str, *, plain: bool = False) -> list[str]:
        """Everything that is wrong; the page is left wide. A `plain` state is judged in one look."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(self.axe)
        found = [f"words: {word}" for word in foreign_words(page.evaluate(WORDS), language)]
        for theme, width in (PLAIN if plain else LOOKS)[language]:
            where = f"{language} {theme} {width}"
            _resize(page, width)
            page.evaluate(DRESS, theme)
            if not self._known(where, page):
                rules: list[str] = [] if plain or width == BROAD[language] else OF_LOOKS
                found += [f"{where}: {fault}" for fault in page.evaluate(JUDGE, rules)]
            if wide := page.evaluate(WIDER):
                found.append(f"{where}: {wide}")
        _resize(page, 1440)
        return found

    def _known(self, where: str, page: Page) -> bool:
        """Whether a page of the same frame was judged in this look."""
        seen = (where, hash(page.evaluate(FRAME)))
        known = seen in self.judged
        self.judged.add(seen)
        return known


def _resize(page: Page, width: int) -> None:
    if (page.viewport_size or {}).get("width") != width:
        page.set_viewport_size({"width": width, "height": 900 if width > 720 else 844})
