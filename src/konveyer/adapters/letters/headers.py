"""Header lines as bytes → names and readable values. Broken lines are passed over, broken words left as they are."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from konveyer.adapters.letters.charsets import decode

MOST = 600  # header lines that are read
LONGEST = 32 * 1024  # bytes of one header

_LINE = re.compile(rb"([!-9;-~]{1,80})[ \t]*:(.*)", re.S)
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,2000})\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_OPTION = re.compile(r';\s*([\w*.-]{1,60})\s*=\s*("(?:[^"\\]|\\.){0,1000}"|[^;"\s]{0,1000})')
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'«»]{1,128}@[^\s<>()\[\],;:\"'«»@]{1,255}")
_ANGLED = re.compile(r"<\s*(?:mailto:)?([^<>@\s]{1,128}@[^<>@\s]{1,255})\s*>", re.I)
_COMMENT = re.compile(r"\(([^()]{1,200})\)")


class Fields:
    """The headers of one part, in their order."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = pairs

    def first(self, name: str) -> str:
        """The first value of the name (small letters), else ''."""
        return next((value for key, value in self.pairs if key == name), "")


def fields_of(raw: bytes) -> tuple[Fields, bytes]:
    """(headers, what stands behind the empty line)."""
    pairs: list[tuple[str, bytes]] = []
    at = raw.find(b"\n") + 1 if raw.startswith((b"From ", b">From ")) else 0
    while at < len(raw):
        end = raw.find(b"\n", at)
        line, after = (raw[at:], len(raw)) if end == -1 else (raw[at:end], end + 1)
        if not line.strip(b" \t"):
            at = after
            break
        found = _LINE.fullmatch(line)
        if line[:1] in b" \t" and pairs:
            name, value = pairs[-1]
            if len(value) < LONGEST:
                pairs[-1] = name, value + b"\n" + line.strip()
        elif found:
            pairs.append((found[1].decode("ascii").lower(), found[2].strip()))
        elif not _LINE.match(raw, after) or not pairs:
            break
        at = after
    kept = pairs[:MOST]
    return Fields([(name, readable(value[:LONGEST])) for name, value in kept]), raw[at:]


def readable(value: bytes) -> str:
    """Encoded words decoded; a letter that was cut between two of them is put together again."""
    text = decode(value)
    if "=?" not in text:
        return text
    text = _BETWEEN_WORDS.sub(r"\1", text)
    pieces: list[str | tuple[str, bytes]] = []
    last = 0
    for word in _WORD.finditer(text):
        if text[last : word.start()]:
            pieces.append(text[last : word.start()])
        charset, raw = word[1].partition("*")[0], _word(word[2], word[3])
        before = pieces[-1] if pieces else ""
        if isinstance(before, tuple) and before[0] == charset.lower():
            pieces[-1] = (before[0], before[1] + raw)
        else:
            pieces.append((charset.lower(), raw))
        last = word.end()
    pieces.append(text[last:])
    return "".join(one if isinstance(one, str) else decode(one[1], one[0]) for one in pieces)


def _word(way: str, text: str) -> bytes:
    if way in "qQ":
        return binascii.a2b_qp(text.encode("utf-8", "replace"), header=True)
    clean = re.sub(r"[^A-Za-z0-9+/]", "", text)
    clean = clean[:-1] if len(clean) % 4 == 1 else clean
    try:
        return binascii.a2b_base64(clean + "=" * (-len(clean) % 4))
    except binascii.Error:
        return b""


def parameters(value: str, usual: str) -> tuple[str, dict[str, str]]:
    """A Content-Type or Content-Disposition: (its first word, its options)."""
    flat = " ".join(value[:4000].split())
    kind = flat.partition(";")[0].strip().lower()
    options: dict[str, str] = {}
    for found in _OPTION.finditer(flat):
        name, text = found[1].lower(), found[2].strip('"').replace('\\"', '"')
        if name.endswith("*"):
            charset, _, rest = text.partition("'")
            text = decode(unquote_to_bytes(rest.partition("'")[2] or text), charset)
        options[name.partition("*")[0]] = options.get(name.partition("*")[0], "") + text
    return (kind if usual.count("/") == kind.count("/") and kind else usual), options


def addresses(value: str) -> list[str]:
    """The addresses of a header, small letters, in their order."""
    angled = [one.lower() for one in _ANGLED.findall(value)]
    outside = _ANGLED.sub(" ", re.sub(r'"[^"]{0,300}"', " ", value))
    plain = [one.strip(".").lower() for one in _ADDRESS.findall(outside)]
    return list(dict.fromkeys(angled + ([] if len(angled) == 1 and len(plain) == 1 else plain)))


def display_name(value: str) -> str:
    """The name beside an address."""
    name = _ANGLED.sub(" ", value)
    comment = _COMMENT.search(name)
    if not name.replace('"', "").strip() or (comment and "@" in name):
        name = comment[1] if comment else ""
    return " ".join("" if "@" in one else one for one in name.replace('"', " ").split()).strip(" ,;")


def moment(value: str) -> datetime | None:
    """The Date header; without a zone it is taken for UTC."""
    try:
        found = parsedate_to_datetime(" ".join(value.split())[:100])
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
