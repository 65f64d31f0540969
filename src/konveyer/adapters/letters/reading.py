"""A tree of parts → a Letter. Every byte string gives one; what cannot be read stays out of it."""

from __future__ import annotations

from konveyer.adapters.letters.charsets import decode
from konveyer.adapters.letters.headers import Fields, addresses, display_name, moment, parameters
from konveyer.adapters.letters.html import html_text
from konveyer.adapters.letters.mime import HEADERS_ONLY, MESSAGES, RawPart, tree
from konveyer.domain.delivery.rules.blocks import blocks_of
from konveyer.domain.delivery.rules.letter import Headers, Letter, Part

TEXT = 512 * 1024  # characters of one part that are read
STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
MACHINE = STATUS | {"message/feedback-report", "message/disposition-notification", "message/global-disposition-notification"}  # fmt: skip
ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "apparently-to", "x-rcpt-to", "bcc")  # fmt: skip


def read_letter(raw: bytes, folder: str = "") -> Letter:
    """The message; `folder` is the name of the mail folder it lay in, if there is one."""
    return _letter(tree(raw), folder, 0)


def _letter(root: RawPart, folder: str = "", depth: int = 0) -> Letter:
    leaves: list[RawPart] = []
    inner: list[RawPart] = []
    _gather(root, leaves, inner)
    fields = root.fields
    parts = tuple(_read(leaf) for leaf in leaves)
    return Letter(
        headers=tuple(fields.pairs),
        kind=root.kind,
        report_type=root.options.get("report-type", "").lower(),
        sender=next(iter(addresses(fields.first("from"))), ""),
        sender_name=display_name(fields.first("from")),
        to=_addressed(fields),
        date=moment(fields.first("date")),
        text=_text(root, leaves).strip("\n"),
        parts=parts,
        delivery=tuple(blocks_of(part.text) for part in parts if part.kind in STATUS),
        feedback=_flat(part for part in parts if part.kind == "message/feedback-report"),
        attached=tuple(_letter(one, "", depth + 1) for one in inner) if depth < 3 else (),
        folder=folder,
    )


def _gather(part: RawPart, leaves: list[RawPart], inner: list[RawPart]) -> None:
    if part.kind in MESSAGES or part.kind in HEADERS_ONLY:
        inner.extend(part.children)
        return
    for child in part.children:
        _gather(child, leaves, inner)
    if not part.children:
        leaves.append(part)


def _read(leaf: RawPart) -> Part:
    name = leaf.options.get("name", "") or _disposition(leaf)[1].get("filename", "")
    text = _decoded(leaf) if leaf.kind.startswith("text/") or leaf.kind in MACHINE else ""
    return Part(leaf.kind, name, text)


def _decoded(leaf: RawPart) -> str:
    return decode(leaf.body[: TEXT * 4], leaf.options.get("charset", ""))[:TEXT].replace("\x00", "")


def _disposition(part: RawPart) -> tuple[str, dict[str, str]]:
    return parameters(part.fields.first("content-disposition"), "")


def _addressed(fields: Fields) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name, value in fields.pairs:
        if name in ADDRESSED:
            found.update(dict.fromkeys(addresses(value)))
    return tuple(found)


def _flat(parts: object) -> Headers:
    return tuple(pair for part in parts for block in blocks_of(part.text) for pair in block)  # type: ignore[attr-defined]


def _text(part: RawPart, leaves: list[RawPart]) -> str:
    """What a person reads: of alternatives the plain one where it says something, of several parts all that stand inline."""
    if part.kind == "multipart/alternative":
        return _best_of([_text(child, leaves) for child in part.children], part.children)
    if part.children and part.kind not in MESSAGES and part.kind not in HEADERS_ONLY:
        return "\n".join(filter(str.strip, (_text(child, leaves) for child in part.children)))
    named = _disposition(part)[0] == "attachment" or (part.options.get("name") and part.kind != "text/html")
    if named and not (len(leaves) == 1 and part.kind.startswith("text/")):
        return ""
    if part.kind == "text/html":
        return html_text(_decoded(part))
    if part.kind == "text/plain" or (
        part.kind.startswith("text/") and part.kind not in ("text/calendar", "text/x-amp-html")
    ):
        return _plain(_decoded(part), part.options.get("format", "") == "flowed")
    return ""


def _best_of(texts: list[str], parts: list[RawPart]) -> str:
    plain = next(
        (text for text, part in zip(texts, parts, strict=True) if part.kind == "text/plain" and text.strip()),
        "",
    )
    rich = max(
        (text for text, part in zip(texts, parts, strict=True) if part.kind != "text/plain"),
        key=len,
        default="",
    )
    if not plain:
        return rich
    placeholder = len(plain.strip()) < 400 and "html" in plain.lower() and len(rich) > len(plain)
    return rich if placeholder else plain


def _plain(text: str, flowed: bool) -> str:
    lines = [line.rstrip("\r") for line in text.expandtabs(8).split("\n")]
    if "<html" in text[:2000].lower() and "</" in text:
        return html_text(text)
    if not flowed:
        return "\n".join(line.rstrip() if line != "-- " else line for line in lines)
    joined: list[str] = []
    for line in lines:
        stuffed = line[1:] if line.startswith(" ") else line
        before = joined[-1] if joined else ""
        if before.endswith(" ") and before != "-- " and (before.startswith(">") == line.startswith(">")):
            joined[-1] = before + stuffed.lstrip("> ") if line.startswith(">") else before + stuffed
        else:
            joined.append(stuffed)
    return "\n".join(line.rstrip() if line != "-- " else line for line in joined)
