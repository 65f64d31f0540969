"""Which files are taken in: told by their content, never by their name.

    kind_of(head) -> Kind | None        None: not on the list
    safe_name(name, kind) -> str        a name whose ending fits the content

Programs, scripts, pages and drawings that can hold scripts (HTML, SVG) are not on the list. What is taken goes
out again only as a download.
"""

import re
from dataclasses import dataclass

HEAD = 8192  # bytes that decide
LARGEST = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """A content type, and the endings that fit it; the first is given to a name without one."""

    content_type: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", ("pdf",))
ZIP = Kind("application/zip", ("zip",))
TEXT = Kind("text/plain", ("txt", "csv", "tsv", "md", "log", "eml", "vcf", "ics", "srt"))
_SIGNS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", Kind("image/png", ("png",))),
    (b"\xff\xd8\xff", Kind("image/jpeg", ("jpg", "jpeg"))),
    (b"GIF87a", Kind("image/gif", ("gif",))),
    (b"GIF89a", Kind("image/gif", ("gif",))),
    (b"{\\rtf", Kind("application/rtf", ("rtf",))),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("application/x-ole-storage", ("doc", "xls", "ppt", "msg"))),
    (b"ID3", Kind("audio/mpeg", ("mp3",))),
    (b"\xff\xfb", Kind("audio/mpeg", ("mp3",))),
    (b"\xff\xf3", Kind("audio/mpeg", ("mp3",))),
    (b"OggS", Kind("audio/ogg", ("ogg", "oga", "opus"))),
    (b"fLaC", Kind("audio/flac", ("flac",))),
    (b"7z\xbc\xaf\x27\x1c", Kind("application/x-7z-compressed", ("7z",))),
    (b"Rar!\x1a\x07", Kind("application/vnd.rar", ("rar",))),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_INSIDE_ZIP: tuple[tuple[bytes, Kind], ...] = (
    (b"word/", Kind(_OFFICE + "wordprocessingml.document", ("docx",))),
    (b"xl/", Kind(_OFFICE + "spreadsheetml.sheet", ("xlsx",))),
    (b"ppt/", Kind(_OFFICE + "presentationml.presentation", ("pptx",))),
    (b"application/vnd.oasis.opendocument.text", Kind("application/vnd.oasis.opendocument.text", ("odt",))),
    (b"application/vnd.oasis.opendocument.spreadsheet", Kind("application/vnd.oasis.opendocument.spreadsheet", ("ods",))),
    (b"application/vnd.oasis.opendocument.presentation", Kind("application/vnd.oasis.opendocument.presentation", ("odp",))),
)  # fmt: skip
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*(?:<|#!|@echo\b|\{\\)", re.IGNORECASE)
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,8})$")


def kind_of(head: bytes) -> Kind | None:
    """The kind of a file that begins with `head` (its first HEAD bytes); None for what is not taken in."""
    if head.startswith(b"PK\x03\x04"):
        office = b"[Content_Types].xml" in head or b"mimetype" in head[:60]
        return next((kind for sign, kind in _INSIDE_ZIP if office and sign in head), ZIP)
    if head[:4] == b"RIFF":
        return {b"WAVE": Kind("audio/wav", ("wav",)), b"WEBP": Kind("image/webp", ("webp",))}.get(head[8:12])
    if head[4:8] == b"ftyp":
        sound = head[8:12] in (b"M4A ", b"M4B ")
        return (
            Kind("audio/mp4", ("m4a",)) if sound else Kind("video/mp4", ("mp4", "m4v", "mov", "heic", "heif"))
        )
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    return TEXT if head and _is_text(head) else None


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    else:
        text = _decoded(head)
    return not _CONTROLS.search(text) and not _MARKUP.match(text.removeprefix("\ufeff"))


def _decoded(head: bytes) -> str:
    """UTF-8, cut where it may be cut in the middle of a letter; else the one-byte code of old Russian files."""
    try:
        return head.decode()
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data"
        return head[: error.start].decode() if cut else head.decode("cp1251", errors="replace")


def safe_name(name: str, kind: Kind) -> str:
    """The name without folders and odd signs, at most 200 letters, ending as its content asks.

    A program dressed as something else keeps its old ending visible: run.exe → run.exe.pdf.
    """
    bare = re.split(r"[/\\]", name)[-1]
    bare = "".join(sign for sign in bare if sign.isprintable() and sign not in '<>:"|?*').strip(" .")[:200]
    bare = bare or "file"
    found = _ENDING.search(bare)
    if found and found[1].lower() in kind.endings:
        return bare
    return f"{bare}.{kind.endings[0]}"
