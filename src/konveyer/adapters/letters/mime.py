"""The bytes of a message → a tree of parts. One pass over the bytes for each level of nesting, and levels are few.

The standard library's parser is not used: nested parts make it ask every line as many times as there are levels, and
some bytes make it raise. Here work is bounded by `SIZE` × `DEPTH`, whatever the bytes are.
"""

from __future__ import annotations

import binascii
import quopri
import re
from dataclasses import dataclass, field

from konveyer.adapters.letters.headers import Fields, fields_of, parameters

SIZE = 8 * 1024**2  # bytes of a message that are read; what a person wrote stands in front
DEPTH = 10
PARTS = 200
MESSAGES = frozenset({"message/rfc822", "message/global", "message/partial"})
HEADERS_ONLY = frozenset({"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"})

_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_FIRST_DASHES = re.compile(rb"^--([^\s-][^\n]{0,75}?)[ \t]*$", re.M)


@dataclass
class RawPart:
    """One part. `body`: its bytes with the transfer encoding taken off; empty for what has children."""

    fields: Fields
    kind: str = "text/plain"
    options: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    children: list[RawPart] = field(default_factory=list)


class Budget:
    """How many parts may still come: shared by the whole message."""

    def __init__(self, parts: int = PARTS) -> None:
        self.parts = parts

    def spend(self) -> bool:
        """Whether one more is allowed."""
        self.parts -= 1
        return self.parts >= 0


def tree(raw: bytes) -> RawPart:
    """The message as parts; anything is a message, if only one of plain text."""
    plain = raw[:SIZE].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return _part(plain, 0, Budget(), "text/plain")


def _part(raw: bytes, depth: int, budget: Budget, usual: str) -> RawPart:
    fields, body = fields_of(raw)
    kind, options = parameters(fields.first("content-type"), usual)
    part = RawPart(fields, kind, options)
    encoding = fields.first("content-transfer-encoding").strip().lower()
    if kind.startswith("multipart/") and depth < DEPTH:
        below = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        pieces = _pieces(body, options.get("boundary", ""))
        part.children = [_part(piece, depth + 1, budget, below) for piece in pieces if budget.spend()]
        if not part.children:
            part.kind, part.body = "text/plain", body
    elif kind in MESSAGES and depth < DEPTH and budget.spend():
        part.children = [_part(_decoded(body, encoding).lstrip(b"\n"), depth + 1, budget, "text/plain")]
    elif kind in HEADERS_ONLY and budget.spend():
        inside, _ = fields_of(_decoded(body, encoding).lstrip(b"\n"))
        part.children = [RawPart(inside)]
    else:
        part.body = _decoded(body, encoding)
    return part


def _pieces(body: bytes, boundary: str) -> list[bytes]:
    """What stands between the lines of the boundary; a boundary that was lost is read off the first such line."""
    mark = b"--" + boundary.encode("utf-8", "surrogateescape")
    if not boundary or mark not in body:
        seen = _FIRST_DASHES.search(body)
        if not seen:
            return []
        mark = b"--" + seen[1]
    found: list[bytes] = []
    start = -1
    at = 0 if body.startswith(mark) else body.find(b"\n" + mark)
    while at != -1 and len(found) <= PARTS:
        line = at + (body[at : at + 1] == b"\n")
        after = line + len(mark)
        end = body.find(b"\n", after)
        rest = (body[after:] if end == -1 else body[after:end]).strip()
        if rest in (b"", b"--"):
            if start != -1:
                found.append(body[start:at])
            start = -1 if rest or end == -1 else end + 1
            if rest:
                break
        at = body.find(b"\n" + mark, after)
    if start != -1:
        found.append(body[start:])
    return found


def _decoded(body: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return _from_base64(body)
    if encoding == "quoted-printable":
        return quopri.decodestring(body).replace(b"\r\n", b"\n")
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _from_uuencode(body)
    return body


def _from_base64(body: bytes) -> bytes:
    """A cut or dirty text gives what can be read; a footer that a list put behind the padding is left out."""
    head, _padding, _ = body.partition(b"=")
    clean = _BASE64.sub(b"", head)
    clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    try:
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4)).replace(b"\r\n", b"\n")
    except binascii.Error:
        return b""


def _from_uuencode(body: bytes) -> bytes:
    found = bytearray()
    for line in body.split(b"\n"):
        if line.startswith((b"begin ", b"end", b"`")):
            continue
        try:
            found += binascii.a2b_uu(line)
        except binascii.Error:
            continue
    return bytes(found)
