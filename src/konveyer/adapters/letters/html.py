"""HTML of letters → lines of text. Links lose their address, quoted passages get «> », and the place where the
answered letter begins gets the line ORIGINAL. Tags are found by plain search, so the work is linear in the text.
"""

from __future__ import annotations

import html
import re

from konveyer.domain.delivery.rules.letter import ORIGINAL

LONGEST = 2 * 1024**2

_BLOCKS = frozenset(
    ["p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote", "pre", "section", "article", "header", "footer", "center", "dd", "dt", "dl", "address", "form", "title", "tbody", "thead"]
)  # fmt: skip
_SILENT = frozenset({"style", "script", "head", "title", "template", "noscript"})
_EMPTY = frozenset({"br", "hr", "img", "meta", "link", "input", "area", "base", "col", "wbr"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"})
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_MARKS = re.compile(
    r"gmail_quote|gmail_extra_quote|yahoo_quoted|moz-cite-prefix|moz-forward-container|divrplyfwdmsg|appendonsend|"
    r"mail-?original|zmail_extra|tutanota_quote|protonmail_quote|ms-outlook-mobile-reference|x_divrplyfwdmsg|"
    r"reply-intro|mail_quote|js-forward-container|mailru-quote|quote-header|mail-quote-collapse|ymail_android_signature_quote|"
    r"data-hs-reply|replyforwardmessage|olk_src_body_section",
    re.I,
)
_SIGNATURE = re.compile(
    r"gmail_signature|moz-signature|id=\"?signature|ms-outlook-mobile-signature|mobile-?signature|js-signature|"
    r"class=\"?signature|data-signature-widget|applemailsignature|yahoo-signature|protonmail_signature_block-user",
    re.I,
)
_OUTLOOK_LINE = re.compile(
    r"border:\s*none;\s*border-top:\s*solid|border-top:\s*(?:solid\s+)?#?[a-z0-9]{3,7}\s+(?:solid\s+)?1\.0pt|border-top:1px solid #?b5c4df",
    re.I,
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def html_text(source: str) -> str:
    """The text a reader would see."""
    writer = _Writer()
    text = source[:LONGEST]
    at, closed_comments = 0, True
    while at < len(text):
        tag = text.find("<", at)
        if tag == -1:
            writer.words(text[at:])
            break
        writer.words(text[at:tag])
        if text.startswith("<!--", tag):
            end = text.find("-->", tag + 4) if closed_comments else -1
            closed_comments = end != -1
            at = end + 3 if end != -1 else tag + 4
            continue
        end = text.find(">", tag + 1)
        if end == -1:
            writer.words(text[tag:])
            break
        if _NAME.match(text, tag + 1) or text[tag + 1] in "!?/":
            writer.tag(text[tag + 1 : end])
            at = end + 1
        else:
            writer.words("<")
            at = tag + 1
    return writer.result()


class _Writer:
    """Gathers lines. Knows how deep in quotation and in silent elements it stands."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoted = 0
        self._silent = ""
        self._plain_text = 0
        self._cut = False

    def words(self, raw: str) -> None:
        """Text between tags."""
        if self._silent or not raw:
            return
        text = html.unescape(raw).replace("\xa0", " ").replace("\u200b", "")
        if not self._plain_text:
            self._line.append(_SPACE.sub(" ", text))
            return
        first, *others = text.split("\n")
        self._line.append(first)
        for other in others:
            self._end_line()
            self._line.append(other)

    def tag(self, inside: str) -> None:
        """One tag, without its brackets."""
        found = _NAME.match(inside)
        if not found:
            return
        name, closing = found[1].lower(), inside.startswith("/")
        if self._silent:
            self._silent = "" if (closing and name == self._silent) or name == "body" else self._silent
            return
        if name in _SILENT and not closing and not inside.endswith("/"):
            self._silent = name
            return
        if not closing:
            self._marks(name, inside[:3000])
        self._breaks(name, closing)
        if name == "blockquote":
            self._quoted = max(self._quoted + (-1 if closing else 1), 0)
        if name == "pre":
            self._plain_text = max(self._plain_text + (-1 if closing else 1), 0)

    def _marks(self, name: str, inside: str) -> None:
        if self._quoted:
            return
        if _MARKS.search(inside) or (name in ("div", "hr") and _OUTLOOK_LINE.search(inside)) or (
            name == "hr" and re.search(r"id=\"?(?:stopspelling|replysplit)", inside, re.I)
        ):  # fmt: skip
            self._end_line()
            self._lines.append(ORIGINAL)
        elif _SIGNATURE.search(inside) and name in ("div", "pre", "table", "p", "span"):
            self._end_line()
            self._lines.append("-- ")

    def _breaks(self, name: str, closing: bool) -> None:
        if name not in _BLOCKS:
            if name in ("td", "th"):
                self._line.append(" ")
            return
        if name == "br":
            self._end_line(always=True)
            return
        self._end_line()
        if name in _PARAGRAPHS and self._lines and self._lines[-1].strip("> "):
            self._lines.append("> " * min(self._quoted, 5))

    def _end_line(self, always: bool = False) -> None:
        text = "".join(self._line)
        self._line.clear()
        text = text.rstrip() if self._plain_text else text.strip(" ")
        if text.strip() or always:
            self._lines.append("> " * min(self._quoted, 5) + text)

    def result(self) -> str:
        """The lines, never more than two empty ones between them."""
        self._end_line()
        kept: list[str] = []
        for line in self._lines:
            if line.strip() or (kept and kept[-1].strip()):
                kept.append(line)
        return "\n".join(kept).strip("\n")
