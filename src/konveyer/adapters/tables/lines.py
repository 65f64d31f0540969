"""Physical lines of a text file, decoded block by block, with a way back to a line just read.

The csv module reads from here at C speed: a block becomes one StringIO, and Python code runs per block, not
per line. Bytes that do not decode become `BAD`, a code point no valid text can contain.
"""

from __future__ import annotations

import codecs
from collections.abc import Generator, Iterator
from io import StringIO
from itertools import chain
from pathlib import Path

from konveyer.adapters.tables.reading import UnreadableFile

BAD = "\udcff"
BLOCK = 256 * 1024
LONGEST_LINE = 8 * 1024**2


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return BAD, error.end


codecs.register_error("konveyer-tables", _mark_undecodable)


class Lines:
    """Lines of one file. `suspect` is true as soon as a block with a NUL or an undecodable byte came by."""

    def __init__(self, path: Path, encoding: str) -> None:
        try:
            self._decoder = codecs.getincrementaldecoder(encoding)("konveyer-tables")
        except LookupError:
            raise UnreadableFile("no_such_encoding", encoding=encoding) from None
        self._blocks = self._read(path)
        self._kept: list[tuple[int, int, str | list[str]]] = []
        self._next = 1
        self.suspect = False
        self.needed_from = 1

    def from_line(self, line: int) -> Iterator[str]:
        """Lines from `line` on, which must not lie before `needed_from`. Former iterators are then spent."""
        return chain.from_iterable(self._pieces(line))

    def between(self, first: int, last: int) -> list[str]:
        """Lines `first` to `last`, both of which have been read and are not before `needed_from`."""
        found: list[str] = []
        for index, (start, count, _) in enumerate(self._kept):
            if start + count > first and start <= last:
                found += self._listed(index)[max(first - start, 0) : last - start + 1]
        return found

    def close(self) -> None:
        """Closes the file; also done at its end."""
        self._blocks.close()

    def _pieces(self, line: int) -> Iterator[Iterator[str]]:
        for index, (start, count, _) in enumerate(list(self._kept)):
            if start + count > line:
                yield iter(self._listed(index)[max(line - start, 0) :])
        for text in self._blocks:
            start = self._next
            count = text.count("\n") + text.count("\r") - text.count("\r\n")
            count += not text.endswith(("\n", "\r"))
            self._next += count
            self.suspect = self.suspect or "\0" in text or BAD in text
            self._kept = [piece for piece in self._kept if piece[0] + piece[1] > self.needed_from]
            self._kept.append((start, count, text))
            yield StringIO(text, newline="")

    def _listed(self, index: int) -> list[str]:
        start, count, content = self._kept[index]
        if isinstance(content, str):
            content = StringIO(content, newline="").readlines()
            self._kept[index] = (start, count, content)
        return content

    def _read(self, path: Path) -> Generator[str, None, None]:
        carry = ""
        skipping = False
        with path.open("rb") as file:
            while True:
                block = file.read(BLOCK)
                text = carry + self._decoder.decode(block, final=not block)
                if not block:
                    if text and not skipping:
                        yield text
                    return
                cut = text.rfind("\n") + 1 or text.rfind("\r", 0, len(text) - 1) + 1
                if cut and skipping:
                    # the end of a line too long to keep: its beginning has been given out already
                    start = min(at for at in (text.find("\n"), text.find("\r")) if at >= 0) + 1
                    start += text[start - 1 : start + 1] == "\r\n"
                    text, cut, skipping = text[start:], cut - start, False
                if skipping:
                    carry = text[-1:]
                elif not cut and len(text) > LONGEST_LINE:
                    yield text[:LONGEST_LINE] + "\n"
                    carry, skipping = "", True
                elif cut > 0:
                    yield text[:cut]
                    carry = text[cut:]
                else:
                    carry = text
