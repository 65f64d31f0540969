"""Which kind of file it is, by its content and never by its name."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from konveyer.adapters.tables.encoding import utf16_without_mark
from konveyer.adapters.tables.reading import Format, UnreadableFile

# An XLSX is a zip: what it says about its own size proves nothing, so it is unpacked once and counted.
UNPACKED_LIMIT = 2 * 1024**3
_BEGINNINGS = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "word"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x7fELF", "binary"),
    (b"SQLite format 3\x00", "binary"),
)
_TEXT_BEGINNINGS = (
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<table", "html"),
    (b"<?xml", "xml"),
    (b"{", "json"),
    (b"[{", "json"),
    (b"[\n", "json"),
    (b"[ ", "json"),
)


def kind_of(path: Path) -> Format:
    """'csv' or 'xlsx'. Raises UnreadableFile for anything else, naming what it is."""
    if path.is_dir():
        raise UnreadableFile("directory")
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise UnreadableFile("missing") from None
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty")
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise UnreadableFile(_ole_kind(path))
    for beginning, code in _BEGINNINGS:
        if head.startswith(beginning):
            raise UnreadableFile(code)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, code in _TEXT_BEGINNINGS:
        if text.startswith(beginning):
            raise UnreadableFile(code)
    _refuse_binary(head)
    return "csv"


def _refuse_binary(head: bytes) -> None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_without_mark(head):
        return
    # A stray NUL in text is a damaged row; many of them are no text. 4, 26, 28, 29 come in old Russian text.
    controls = sum(
        head.count(code) for code in range(1, 32) if code not in (4, 9, 10, 11, 12, 13, 26, 28, 29)
    )
    if controls > len(head) // 20 or head.count(0) > max(8, len(head) // 50):
        raise UnreadableFile("binary")


def _ole_kind(path: Path) -> str:
    """Old Office container: a locked XLSX, an XLS or a DOC. Stream names stand in it as UTF-16."""
    with path.open("rb") as file:
        content = file.read(8 * 1024**2)
        if path.stat().st_size > len(content):
            file.seek(-(1024**2), 2)
            content += file.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "password_protected"
    if "WordDocument".encode("utf-16-le") in content:
        return "word"
    for name in ("Workbook", "Book"):
        if name.encode("utf-16-le") in content:
            return "xls"
    return "binary"


def _zip_kind(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            members = archive.infolist()
            names = {member.filename.lstrip("/") for member in members}
            if "word/document.xml" in names:
                raise UnreadableFile("word")
            if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:200]:
                raise UnreadableFile("ods")
            if any(name.endswith("workbook.bin") for name in names):
                raise UnreadableFile("xls")
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise UnreadableFile("archive")
            if any(member.flag_bits & 1 for member in members):
                raise UnreadableFile("password_protected")
            _refuse_bomb(file, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise UnreadableFile("broken") from None
    return "xlsx"


def _refuse_bomb(file: BinaryIO, members: list[zipfile.ZipInfo]) -> None:
    left = UNPACKED_LIMIT
    for member in members:
        left -= _unpacked_size(file, member, left)
        if left < 0:
            raise UnreadableFile("too_big", limit_mb=UNPACKED_LIMIT // 1024**2)


def _unpacked_size(file: BinaryIO, member: zipfile.ZipInfo, limit: int) -> int:
    """Bytes the member really unpacks to, counted no further than just past `limit`."""
    if member.compress_type == zipfile.ZIP_STORED:
        return member.compress_size
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableFile("broken")
    file.seek(member.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise UnreadableFile("broken")
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    # The local header is not trusted to say where the stream ends either: inflate to its own end mark.
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    size, packed = 0, b""
    while not unpack.eof and size <= limit:
        packed = unpack.unconsumed_tail or file.read(64 * 1024)
        if not packed:
            break
        size += len(unpack.decompress(packed, 1024**2))
    return size
