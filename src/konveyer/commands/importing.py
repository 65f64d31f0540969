"""`konveyer import`: a list into the base, and a batch taken back."""

import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from konveyer.commands.call import DONE, WITH_REJECTS, Call, Commands, Result, WrongUse, _

if TYPE_CHECKING:
    from konveyer.domain.imports.operations.run import Outcome
    from konveyer.domain.imports.ports import SourceRow
    from konveyer.domain.imports.rules.map_file import MapFile

SHOWN = 20  # rejects that a person is shown; --json gives all


def register(commands: Commands) -> None:
    """Add `import`."""
    parser = commands.add(
        "import",
        bring,
        help="bring in a CSV or XLSX list; `import undo BATCH` takes one back",
        transaction=False,
    )
    parser.add_argument(
        "file", metavar="FILE", help="the list, or the word undo (a file of that name: ./undo)"
    )
    parser.add_argument("undo", metavar="BATCH", nargs="?", help="after undo: the batch to take back")
    parser.add_argument(
        "--preset",
        help="contacts, leads, deals, amocrm-deals, bitrix24-leads, hubspot-contacts, pipedrive-deals, 1c-counterparties … (the guide lists all); guessed from the header if absent",
    )
    parser.add_argument(
        "--map", metavar="FILE.toml", help="where columns go: [columns] and [options], see the guide"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")


def bring(call: Call) -> Result:
    """Import a file, or undo a batch."""
    options = call.options
    if options.file == "undo":
        if not options.undo:
            raise WrongUse(_("Say which import to take back: konveyer import undo BATCH"))
        return _undo(call, options.undo)
    if options.undo:
        raise WrongUse(_("One file at a time; “{word}” is too much.").format(word=options.undo))
    return _import(call)


def _import(call: Call) -> Result:
    from konveyer.domain.imports.operations import batches, prepare
    from konveyer.domain.imports.operations.run import run, try_out
    from konveyer.domain.imports.ports import tables
    from konveyer.domain.imports.queries.batches import rejects_of
    from konveyer.domain.imports.queries.targets import targets_of
    from konveyer.domain.workspace.rules.actor import for_workspace
    from konveyer.kit import tenancy

    path = _readable(call.options.file)
    preset = prepare.preset_named(call.options.preset) if call.options.preset else None
    file = _map_file(call.options.map)
    reading = prepare.read_as(path, preset, file.options)
    with tenancy.enter(call.home.pk):
        targets = targets_of(call.home.pk)
    mapping = prepare.map_columns(reading["columns"], preset, file, targets)
    source = prepare.source_of(path)
    actor = for_workspace(call.home.pk, "import")

    def rows(start_line: int) -> "Iterator[SourceRow]":
        return tables().rows(path, reading, start_line)

    if call.options.dry_run:
        outcome = try_out(
            actor=actor, at=call.now, source=source, reading=reading, mapping=mapping, rows=rows
        )
        return _result(outcome, [(one.line, one.code, one.params, one.column) for one in outcome.rejects])
    with tenancy.enter(call.home.pk):
        batch = batches.unfinished(actor=actor, source=source, mapping=mapping)
        if batch is not None:
            call.say(
                _("Going on with import {batch} at line {line}.").format(batch=batch.pk, line=batch.next_line)
            )
            batches.go_on(actor=actor, batch_id=batch.pk)
        batch = batch or batches.start(
            actor=actor, at=call.now, source=source, reading=reading, mapping=mapping
        )
    outcome = run(
        actor=actor,
        at=call.now,
        batch=batch,
        rows=rows,
        say=lambda done: call.say(_("{rows} rows").format(rows=done)),
    )
    with tenancy.enter(call.home.pk):
        rejects = [(one.line, one.code, one.params, one.column) for one in rejects_of(call.home.pk, batch.pk)]
    return _result(outcome, rejects)


def _result(outcome: "Outcome", rejects: list[tuple[int, str, dict[str, Any], str]]) -> Result:
    from konveyer.domain.imports.rules.reasons import text_of

    told = [{"line": line, "reason": text_of(code, params, column)} for line, code, params, column in rejects]
    data = {
        "rows": outcome.rows, "created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged,
        "rejected": outcome.rejected, "rejects": told, "batch": str(outcome.batch.pk) if outcome.batch else None,
    }  # fmt: skip
    lines = [
        _(
            "{rows} rows: {created} created, {updated} updated, {unchanged} unchanged, {rejected} rejected"
        ).format(**data),
        *(_("line {line}: {reason}").format(**one) for one in told[:SHOWN]),
    ]
    if len(told) > SHOWN:
        lines.append(_("… and {more} more; --json lists all of them").format(more=len(told) - SHOWN))
    lines.append(
        _("Take it back with: konveyer import undo {batch}").format(**data)
        if outcome.batch
        else _("Nothing was written.")
    )
    return Result(data, lines, WITH_REJECTS if outcome.rejected else DONE)


def _undo(call: Call, batch: str) -> Result:
    from konveyer.domain.imports.operations.undo import undo
    from konveyer.domain.workspace.rules.actor import for_workspace

    try:
        batch_id = UUID(batch)
    except ValueError:
        raise WrongUse(
            _("“{batch}” is not the number of an import; the import printed it when it ended.").format(
                batch=batch
            )
        ) from None
    undone = undo(actor=for_workspace(call.home.pk, "import"), at=call.now, batch_id=batch_id)
    kept = [asdict(one) for one in undone.kept]
    data = {"batch": batch, "removed": undone.removed, "restored": undone.restored, "kept": kept}
    lines = [
        _("Removed {removed} records, restored {restored}.").format(
            removed=sum(undone.removed.values()), restored=sum(undone.restored.values())
        ),
        *(_("kept: {record} {name}: {why}").format(**one) for one in kept[:SHOWN]),
    ]
    return Result(data, lines)


def _readable(name: str) -> Path:
    path = Path(name)
    if not path.exists():
        raise WrongUse(_("There is no file {path}.").format(path=path))
    if path.is_file():
        path.open("rb").close()  # no right to read it is a matter of the surroundings, exit code 3
    return path


def _map_file(name: str | None) -> "MapFile":
    from konveyer.domain.imports.operations.prepare import map_file
    from konveyer.domain.imports.rules.map_file import MapFile

    if name is None:
        return MapFile()
    path = Path(name)
    if not path.is_file():
        raise WrongUse(_("There is no mapping file {path}.").format(path=path))
    try:
        return map_file(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(
            _("The mapping file {path} is not TOML: {why}").format(path=path, why=error)
        ) from error
