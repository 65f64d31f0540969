"""Which encoding a text file is in. UTF-8 is checked over the whole file, not over its beginning."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from konveyer.adapters.tables.reading import Evidence

_BLOCK = 1024**2
_SAMPLE = 192 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# One-byte encodings in the order in which they are preferred when the text speaks for none of them.
_ONE_BYTE = ("cp1251", "cp1252", "cp866", "koi8-r", "iso8859-5", "mac-cyrillic", "cp1250")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTES = bytes(range(128, 256))
_LOW_BYTES = bytes(range(128))
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_CASED = re.compile(
    r"[a-zа-яёà-ÿіїєґўєœšžłąęśćżźńőűřěčůďťň]+|[A-ZА-ЯЁÀ-ÞІЇЄҐЎŒŠŽŁĄĘŚĆŻŹŃŐŰŘĚČŮĎŤŇ][a-zа-яёà-ÿіїєґўœšžłąęśćżźńőűřěčůďťň]*|[A-ZА-ЯЁÀ-ÞІЇЄҐЎŒŠŽŁĄĘŚĆŻŹŃ]+"
)
_COMMON = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюОЕАИНТСРВЛКМДПУЯГЗБЧХЖШЮ")
_LETTERS_WEST = frozenset("éèêëàâäáãåçîïíìñóòôöõøúùûüßœæÉÈÊËÀÂÄÁÃÅÇÎÏÍÌÑÓÒÔÖÕØÚÙÛÜŒÆ")
_SIGNS = frozenset("«»№—–“”„’‘…·•§°€®©ªº\u00a0")


def guess_encoding(path: Path) -> tuple[str, bool, tuple[Evidence, ...]]:
    """(codec name, whether parts of the file are in another encoding, why)."""
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, False, (Evidence("encoding.mark", {"encoding": name}),)
    wide = utf16_without_mark(head)
    if wide:
        return wide, False, (Evidence("encoding.zero_bytes", {"encoding": wide}),)
    good, bad, sample = _utf8_census(path)
    if not bad:
        code = "encoding.utf8" if good else "encoding.ascii"
        return "utf-8", False, (Evidence(code, {"encoding": "utf-8", "characters": good}),)
    # In CP1251 «Ті» or «Рё» look like UTF-8 by chance, far less than one in ten; anything above is UTF-8 text.
    if good >= bad:
        return "utf-8", False, (Evidence("encoding.utf8_damaged", {"encoding": "utf-8", "bad": bad}),)
    mixed = good * 20 > bad or (good > 200 and good * 100 > bad)
    name = one_byte_encoding(sample)
    seen = Evidence("encoding.letters", {"encoding": name, "bytes": bad})
    return name, mixed, (seen, Evidence("encoding.mixed", {"other": "utf-8"})) if mixed else (seen,)


def utf16_without_mark(head: bytes) -> str:
    """Half of the bytes of UTF-16 text come from few values: 0 for Latin and signs, 4 for Cyrillic."""
    head = head[: len(head) // 2 * 2]
    if len(head) < 8:
        return ""
    pairs = len(head) // 2
    for name, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        usual = sum(high.count(value) for value in (0, 4, 0x20, 0x21))
        if usual > pairs * 0.95 and high.count(0) > pairs // 50 and low.count(0) < pairs // 50 + 1:
            return name
    return ""


def _utf8_census(path: Path) -> tuple[int, int, bytes]:
    """(characters of more than one byte, bytes that fit no UTF-8, a sample of lines with high bytes)."""
    good = bad = 0
    sample = bytearray()
    carry = b""
    with path.open("rb") as file:
        while fresh := file.read(_BLOCK):
            block = carry + fresh
            cut = len(block) if len(fresh) < _BLOCK else _between_characters(block)
            block, carry = block[:cut], block[cut:]
            if block.isascii():
                continue
            here, wrong = _count(block)
            good, bad = good + here, bad + wrong
            if len(sample) < _SAMPLE:
                sample += _high_lines(block, _SAMPLE - len(sample), wrong > 0)
    if carry:
        here, wrong = _count(carry)
        good, bad = good + here, bad + wrong
        sample += _high_lines(carry, _SAMPLE, wrong > 0)
    return good, bad, bytes(sample)


def _between_characters(block: bytes) -> int:
    """A place to cut: after the last line, else before the last character that may be incomplete."""
    cut = block.rfind(b"\n") + 1
    if not cut:
        cut = len(block) - 1
        while cut > len(block) - 4 and 0x80 <= block[cut] < 0xC0:
            cut -= 1
    return cut


def _count(block: bytes) -> tuple[int, int]:
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError:
        good = bytes_in = 0
        for found in _MULTIBYTE.finditer(block):
            good += 1
            bytes_in += found.end() - found.start()
        return good, len(block.translate(None, _LOW_BYTES)) - bytes_in
    return len(text) - len(block.translate(None, _HIGH_BYTES)), 0


def _high_lines(block: bytes, room: int, damaged: bool) -> bytes:
    """Lines with high bytes; once something did not decode, only those that do not: they tell."""
    found = bytearray()
    for line in block.splitlines():
        if line.isascii():
            continue
        if damaged:
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                pass
            else:
                continue
        found += line[:2000] + b"\n"
        if len(found) > room:
            break
    return bytes(found)


def one_byte_encoding(sample: bytes) -> str:
    """The one-byte encoding in which the words of the sample look most like words."""
    return max(
        _ONE_BYTE,
        key=lambda name: (likeness_of_words(sample.decode(name, "replace")), -_ONE_BYTE.index(name)),
    )


def likeness_of_words(text: str) -> float:
    """How much the letters look like words that somebody wrote; less than nothing for mojibake."""
    score = 0.0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        # in Western words most letters are plain ones: «Müller», never «Êóäðèí»
        western = _LATIN.fullmatch(word) and 2 * sum(sign > "\x7f" for sign in word) <= len(word)
        if not (western or _CYRILLIC.fullmatch(word)) or not _CASED.fullmatch(word):
            score -= 2 * len(word)
            continue
        score += sum(
            1.0 if sign in _COMMON else 0.9 if sign in _LETTERS_WEST else 0.3
            for sign in word
            if sign > "\x7f"
        )
    for sign in text:
        if sign > "\x7f" and not sign.isalpha():
            score += 0.2 if sign in _SIGNS else -3
    return score
