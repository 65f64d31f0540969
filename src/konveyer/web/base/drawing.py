"""The rows of a list as markup. Fifty rows of a dozen cells are six hundred turns of a template, ten times what this takes (P7).

Cells are escaped here, unless a column has made markup of them.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from konveyer.web.base.columns import Column


def rows(columns: Sequence[Column], lines: Iterable[tuple[object, Any]], *, ticks: bool) -> SafeString:
    """Lines with their ids, the first column as the head of the card into which a row turns on a phone."""
    heads = [_head(column, first=at == 0) for at, column in enumerate(columns)]
    cells = list(zip(heads, (column.cell for column in columns), strict=True))
    words = escape(_("Tick this row"))
    drawn = []
    for pk, line in lines:
        tick = (
            f'<td class="k-tight k-ticked"><input type="checkbox" class="k-tick" data-pick form="picked" name="pick" '
            f'value="{escape(str(pk))}" aria-label="{words}"></td>'
            if ticks
            else ""
        )
        inside = "".join([f"{head}{_safe(cell(line))}</td>" for head, cell in cells])
        drawn.append(f"<tr data-row>{tick}{inside}</tr>\n")
    return mark_safe("".join(drawn))  # noqa: S308 - every value is escaped where it enters


def _safe(cell: SafeString | str) -> str:
    return cell if isinstance(cell, SafeString) else escape(str(cell))


def _head(column: Column, *, first: bool) -> str:
    number = ' class="k-num"' if column.num else ""
    label = "" if first else f' data-label="{escape(str(column.words))}"'
    return f"<td{number}{label}>"
