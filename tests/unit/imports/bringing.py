"""`konveyer import` as the tests call it: the command itself, inside the test's transaction."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from konveyer.commands.call import Call, Result
from konveyer.commands.importing import bring
from konveyer.domain.workspace.models import Workspace
from tests.world import NOON


def run(workspace: Workspace, file: str | Path, **options: Any) -> Result:
    """The command's whole answer."""
    chosen = {"undo": None, "preset": None, "map": None, "dry_run": False} | options
    return bring(Call(Namespace(file=str(file), **chosen), NOON, workspace))


def brought(workspace: Workspace, file: str | Path, **options: Any) -> dict[str, Any]:
    """What --json prints."""
    data: dict[str, Any] = run(workspace, file, **options).data
    return data


def counts(data: dict[str, Any]) -> tuple[int, int, int, int, int]:
    """(rows, created, updated, unchanged, rejected)."""
    return data["rows"], data["created"], data["updated"], data["unchanged"], data["rejected"]


def written(
    path: Path, header: Sequence[str], *rows: Sequence[str], encoding: str = "utf-8", delimiter: str = ";"
) -> Path:
    """A CSV without quotes around anything."""
    lines = [delimiter.join(header), *(delimiter.join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def undone(workspace: Workspace, batch: str) -> dict[str, Any]:
    """What `import undo` prints."""
    data: dict[str, Any] = run(workspace, "undo", undo=batch).data
    return data
