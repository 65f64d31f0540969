"""`konveyer sheet import FILE`: days of the daily sheet out of a spreadsheet."""

from pathlib import Path

from konveyer.commands.call import DONE, WITH_REJECTS, Call, Commands, Result, WrongUse

SHOWN = 20  # rejects that a person is shown; --json gives all


def register(commands: Commands) -> None:
    """Add `sheet`."""
    parser = commands.add("sheet", sheet, help="the daily sheet: `sheet import FILE.xlsx` takes days in")
    parser.add_argument("action", choices=("import",), help="what to do")
    parser.add_argument("file", metavar="FILE", help="XLSX or CSV with a line of headings")


def sheet(call: Call) -> Result:
    """Take the file in; lines that are wrong stay outside and are told."""
    from django.utils.translation import gettext as _

    from konveyer.adapters import tables
    from konveyer.adapters.tables.reading import UnreadableFile
    from konveyer.domain.sheet.operations import bring_in
    from konveyer.domain.sheet.rules.measures import WHY
    from konveyer.domain.workspace.rules.actor import for_workspace

    path = Path(call.options.file)
    if not path.is_file():
        raise WrongUse(_("There is no file {path}.").format(path=path))
    try:
        reading = tables.guess(path)
        actor = for_workspace(call.home.pk, "import")
        brought = bring_in(actor=actor, at=call.now, columns=reading.columns, rows=tables.rows(path, reading))
    except UnreadableFile as unreadable:
        raise WrongUse(_("This file is no table that can be read. Save it as XLSX or CSV.")) from unreadable
    told = [
        {"line": one.line, "column": one.column or None, "code": one.code, "reason": str(WHY[one.code])}
        for one in brought.rejects
    ]
    data = {"rows": brought.rows, "written": brought.written, "rejected": len(told), "rejects": told}
    lines = [
        _("{rows} lines: {written} cells written, {rejected} lines left outside").format(**data),
        *(_("line {line}: {reason}").format(**one) for one in told[:SHOWN]),
    ]
    return Result(data, lines, WITH_REJECTS if told else DONE)
