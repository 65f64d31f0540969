"""Reads one sheet with calamine and writes its rows to standard output; run as a process of its own.

Calamine unfolds a sheet into one block of memory. Two cells in opposite corners make that 500 GB and abort
the process, whatever Python catches; so it happens here, under a memory limit, and the caller stays alive.
Run by path, so it imports nothing of konveyer. Arguments: file, sheet name ('' = the first visible one),
megabytes. Output: marshalled (names, name), then lists of (row number, cells), then None.
"""

from __future__ import annotations

import datetime
import marshal
import sys
from typing import Any

_BATCH = 2000


def text_of(value: Any) -> str:
    """A cell as plain text: whole numbers without a point, dates and times in ISO form."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        plain = format(value, ".15g")
        return (
            f"{value:.0f}" if "e+" in plain else format(value, ".15f").rstrip("0") if "e" in plain else plain
        )
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return str(value)


def limit_memory(megabytes: int) -> None:
    """No more address space than this; not everywhere possible (Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024**2,) * 2)


def main(path: str, wanted: str, megabytes: int) -> int:
    """0 done, 3 locked, 4 no such sheet, 5 cannot be read (6: not enough memory, when Python notices)."""
    import python_calamine as calamine

    limit_memory(megabytes)
    out = sys.stdout.buffer
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        visible = [
            one.name
            for one in book.sheets_metadata
            if one.typ == calamine.SheetTypeEnum.WorkSheet
            and one.visible == calamine.SheetVisibleEnum.Visible
        ]
        names = visible or book.sheet_names
        if wanted and wanted not in book.sheet_names:
            return 4
        name, sheet = wanted, None
        for candidate in [wanted] if wanted else names:
            name, sheet = candidate, book.get_sheet_by_name(candidate)
            if sheet.height:
                break
        marshal.dump((tuple(names), name), out)
        if sheet is not None:
            batch = []
            for number, row in enumerate(sheet.iter_rows(), 1):
                batch.append((number, [cell if type(cell) is str else text_of(cell) for cell in row]))
                if len(batch) == _BATCH:
                    marshal.dump(batch, out)
                    batch = []
            marshal.dump(batch, out)
        marshal.dump(None, out)
        out.flush()
    except calamine.PasswordError:
        return 3
    except calamine.CalamineError:
        return 5
    except MemoryError:
        return 6
    except BrokenPipeError:
        sys.stderr.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
