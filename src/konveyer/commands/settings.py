"""`konveyer settings export|import`: the settings of a workspace as one file."""

import json
from pathlib import Path
from typing import Any

from konveyer.commands.call import Call, Commands, Result, WrongUse


def register(commands: Commands) -> None:
    """Add `settings`."""
    parser = commands.add("settings", settings, help="take the settings out into a file, or bring them in")
    parser.add_argument("what", choices=["export", "import"])
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="only say what an import would do")


def settings(call: Call) -> Result:
    """Roles, names of teams, frames of roles, products, conveyors. An import changes all or nothing, and deletes nothing."""
    return _export(call) if call.options.what == "export" else _import(call)


def _export(call: Call) -> Result:
    from konveyer.domain.blueprint.queries import export
    from konveyer.domain.workspace.rules.actor import for_workspace

    document = export(for_workspace(call.home.pk)).model_dump(mode="json")
    call.options.file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    counts = {name: len(rows) for name, rows in document.items() if isinstance(rows, list)}
    return Result({"file": str(call.options.file), **counts}, [_counted(counts)])


def _import(call: Call) -> Result:
    from konveyer.domain.blueprint.operations import bring_in
    from konveyer.domain.blueprint.queries import preview
    from konveyer.domain.blueprint.rules.document import read
    from konveyer.domain.workspace.rules.actor import for_workspace

    try:
        document = read(json.loads(call.options.file.read_text(encoding="utf-8-sig")))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise WrongUse(f"{call.options.file} is not JSON in UTF-8: {error}") from error
    actor = for_workspace(call.home.pk)
    if call.options.dry_run:
        found = preview(actor, document)
    else:
        found = bring_in(actor=actor, at=call.now, document=document)
    rows = [
        {"kind": row.kind, "code": row.code, "name": row.name, "what": row.what, "fields": row.fields}
        for row in found
    ]
    data: dict[str, Any] = {"dry_run": call.options.dry_run, "changes": rows}
    lines = [f"{row.what:8} {row.kind:9} {row.name}" for row in found if row.what != "same"]
    return Result(data, lines or ["Everything stands here already."])


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())
