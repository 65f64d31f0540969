"""`konveyer export all PATH`: everything of a workspace as one ZIP."""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

from konveyer.commands.call import DONE, WITH_REJECTS, Call, Commands, Result, WrongUse


def register(commands: Commands) -> None:
    """Add `export`."""
    parser = commands.add(
        "export",
        export,
        help="take everything out: a CSV for each table, the files, a manifest",
        transaction=False,
    )
    parser.add_argument("what", choices=("all",), help="what to take out")
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder, or the name of the ZIP to write")


def export(call: Call) -> Result:
    """Written beside its place and put there when it is whole; an older one of that name is replaced."""
    from django.utils.translation import gettext as _

    from konveyer.domain.lists.operations.taking_out import take_all_out
    from konveyer.domain.workspace.rules.actor import for_workspace
    from konveyer.kit import tenancy

    home = call.home
    path: Path = call.options.path
    if path.is_dir():
        path = path / f"konveyer-{home.slug}-{call.now:%Y-%m-%d}.zip"
    if not path.parent.is_dir():
        raise WrongUse(_("There is no folder {path}.").format(path=path.parent))
    with tenancy.enter(home.pk):
        take_all_out(actor=for_workspace(home.pk), at=call.now, way="command")
    manifest = _write(home, call, path)
    rows = sum(table["rows"] for table in manifest["tables"])
    data = {
        "file": str(path), "bytes": path.stat().st_size, "tables": len(manifest["tables"]), "rows": rows,
        "files": len(manifest["files"]), "missing_files": manifest["missing_files"],
    }  # fmt: skip
    lines = [_("{file}: {rows} rows of {tables} tables, {files} files").format(**data)]
    if manifest["missing_files"]:
        lines.append(
            _("{number} files are missing on the disk").format(number=len(manifest["missing_files"]))
        )
    return Result(data, lines, WITH_REJECTS if manifest["missing_files"] else DONE)


def _write(home: Any, call: Call, path: Path) -> dict[str, Any]:
    from konveyer.adapters.tables.whole import pieces_of

    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            for piece in pieces_of(home.pk, call.now, name=home.name, slug=home.slug):
                file.write(piece)
        with zipfile.ZipFile(beside) as archive:
            manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return manifest
