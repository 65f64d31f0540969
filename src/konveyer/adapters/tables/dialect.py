"""Delimiter, quote and header of a text table, from a sample of its lines."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO

from konveyer.adapters.tables.shapes import is_data

DELIMITERS = (";", ",", "\t", "|")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_HEADINGS = re.compile(
    r"имя|фамили|отчеств|ф\.?\s?и\.?\s?о|телефон|почт|компани|организац|город|адрес|дата|сумма|должност|источник|"
    r"коммент|статус|этап|менеджер|наименован|назван|инн|"
    r"name|phone|mobile|mail|company|organi[sz]ation|city|address|date|amount|title|position|source|comment|"
    r"status|stage|owner|\bid\b|_id\b|website|site\b",
    re.IGNORECASE,
)

Rows = list[tuple[int, list[str]]]


def parse(sample: str, delimiter: str, quote: str) -> Rows:
    """Records of the sample with the line each begins at, leniently; blank ones left out."""
    reader = csv.reader(
        StringIO(sample, newline=""),
        delimiter=delimiter or "\x1f",
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    )
    rows: Rows = []
    line = 1
    try:
        for values in reader:
            first, line = line, reader.line_num + 1
            if any(value.strip() for value in values):
                rows.append((first, values))
    except csv.Error:
        pass  # a cell beyond the limit: what was read until there is sample enough
    return rows


def separator_line(sample: str) -> str:
    """The delimiter that a first line «sep=;» declares, or ''."""
    found = _SEPARATOR_LINE.fullmatch(sample.split("\n", 1)[0])
    return found[1] if found else ""


def guess_quote(sample: str) -> str:
    """The double quote unless cells are plainly wrapped in single ones."""
    double = len(re.findall(r'(?:^|[,;\t|])"', sample, re.MULTILINE))
    wrapped = len(re.findall(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|]|\r?$)", sample, re.MULTILINE))
    return "'" if wrapped > 2 * double and wrapped >= 4 else '"'


def guess_delimiter(sample: str, quote: str) -> tuple[str, int, int]:
    """(delimiter, rows that agree on the number of columns, that number); ('', rows, 1) for a single column."""
    best: tuple[float, str, int, int] = (0.0, "", 0, 1)
    for delimiter in DELIMITERS:
        rows = parse(sample, delimiter, quote)[:2000]
        if not rows:
            continue
        counts = Counter(len(values) for _, values in rows)
        width = max((width for width in counts if width > 1), key=lambda one: counts[one], default=1)
        agreeing = counts[width]
        if width == 1:
            best = best if best[2] else (0.0, "", agreeing, 1)
            continue
        score = (agreeing / len(rows)) ** 2 * math.log2(width + 1)
        if len(rows[0][1]) == width:
            score *= 1.5
        if score > best[0] and agreeing >= len(rows) * 0.3:
            best = (score, delimiter, agreeing, width)
    return best[1], best[2], best[3]


def guess_header(rows: Sequence[tuple[int, list[str]]]) -> int:
    """Line of the header, 0 if the first full row is data already. Titles above it are passed over."""
    if not rows:
        return 0
    width = Counter(len(values) for _, values in rows[:500]).most_common(1)[0][0]
    for index, (line, values) in enumerate(rows[:30]):
        filled = [value for value in values if value.strip()]
        if width > 1 and (len(filled) < 2 or len(filled) < 0.5 * width):
            continue
        return line if _is_heading(filled, values, [row for _, row in rows[index + 1 : 200]]) else 0
    return rows[0][0] if not any(is_data(value) for value in rows[0][1]) else 0


def _is_heading(filled: list[str], values: list[str], below: list[list[str]]) -> bool:
    known = sum(bool(_HEADINGS.search(value)) and not is_data(value) for value in filled)
    data = sum(is_data(value) for value in filled)
    if known and known >= data:
        return True
    if data:
        return data <= len(filled) // 4 and all(len(value) <= 4 for value in filled if is_data(value))
    # All words: a value that comes again in its own column is data.
    again = sum(
        any(index < len(row) and row[index] == value for row in below)
        for index, value in enumerate(values)
        if value
    )
    return again * 3 < len(filled)
