"""Drafts: a file is taken in, read otherwise, mapped otherwise, left. Nothing of it is in the base yet."""

from __future__ import annotations

from collections.abc import Mapping as Table
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.imports.models import Batch, Reject, RememberedMapping
from konveyer.domain.imports.operations.batches import find
from konveyer.domain.imports.operations.prepare import preset_named, read_as
from konveyer.domain.imports.operations.settings import setting_of
from konveyer.domain.imports.operations.trials import ask_trial
from konveyer.domain.imports.operations.working import path_of
from konveyer.domain.imports.ports import Unreadable, tables
from konveyer.domain.imports.queries.targets import targets_of
from konveyer.domain.imports.rules import drafting
from konveyer.domain.imports.rules.map_file import READING_OPTIONS
from konveyer.domain.imports.rules.mapping import Mapping, likely_main, preset_of_header
from konveyer.domain.imports.rules.presets import BY_CODE, PRESETS, Preset
from konveyer.domain.imports.rules.targets import Targets
from konveyer.domain.imports.rules.unclear import Unclear
from konveyer.domain.imports.rules.wording import file_words, mapping_words
from konveyer.domain.journal.operations import record
from konveyer.domain.notes.ports import TooLarge, store
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, Refused


def take_in(*, actor: Actor, at: datetime, name: str, content: BinaryIO, preset: str = "") -> Batch:
    """A draft of the file, read and mapped by the best guess, and tried if it can be. Raises Forbidden, Invalid.

    The content comes to its place before the row; if anything fails it is dropped.
    """
    actor.require(Right.BASE_IMPORT)
    wanted = preset_named(preset) if preset else None
    try:
        kept = store().keep(content, drafting.LARGEST)
    except TooLarge as error:
        raise too_large() from error
    try:
        with transaction.atomic():
            with store().on_disk(kept.stored_as) as path:
                reading = read_as(path, wanted, {})
                sample = _sample(path, reading)
            targets = targets_of(actor.workspace_id)
            chosen, columns, options = _first_guess(actor, wanted, reading["columns"], targets)
            mapping = drafting.mapping_of(chosen, columns, options)
            batch = Batch.objects.create(
                workspace_id=actor.workspace_id, file_name=plain_name(name), stored_as=kept.stored_as, size=kept.size,
                sha256=kept.sha256, preset=chosen.code, main_record=chosen.main, reading=reading, mapping=mapping.as_dict(),
                sample=sample, state="draft", member_id=actor.member_id, created_at=at,
            )  # fmt: skip
            if drafting.trouble(mapping, reading["columns"], targets) is None:
                ask_trial(actor=actor, at=at, batch_id=batch.pk)
            return batch
    except BaseException:
        store().drop(kept.stored_as)
        raise


def too_large() -> Invalid:
    """The refusal of a file that is too large for the browser."""
    limit = drafting.LARGEST // (1024 * 1024)
    return Invalid(
        "file_large",
        _("The file is larger than {limit} MB. Split it, or bring it in by the command konveyer import.").format(limit=limit),
        fields={"file": "large"},
    )  # fmt: skip


@transaction.atomic
def read_again(*, actor: Actor, at: datetime, batch_id: UUID, chosen: Table[str, Any]) -> Batch:
    """Read the file as chosen: encoding, delimiter, header_line, date_order, decimal_comma, sheet; {} guesses anew.

    Columns that keep their name keep their field. Raises Invalid when the file cannot be read so, Refused, NotFound.
    """
    batch = draft(actor, batch_id)
    preset, former = BY_CODE[batch.preset], Mapping.from_dict(batch.mapping)
    options = {name: value for name, value in former.options.items() if name not in READING_OPTIONS}
    options |= {name: value for name, value in chosen.items() if name in READING_OPTIONS}
    if options.get("delimiter", "") not in drafting.DELIMITERS:
        raise Invalid("delimiter", _("A table is not divided by this sign."), fields={"delimiter": "unknown"})
    with path_of(batch) as path:
        reading = read_as(path, preset, options)
        batch.sample = _sample(path, reading)
    header = reading["columns"]
    columns = drafting.guessed_columns(preset, header, targets_of(actor.workspace_id))
    if list(header) == list(batch.reading["columns"]):
        columns = dict(former.columns)
    batch.reading, batch.mapping = reading, drafting.mapping_of(preset, columns, options).as_dict()
    _forget_rejects(batch)
    batch.save(update_fields=["reading", "mapping", "sample"])
    return _tried_again(actor, at, batch)


@transaction.atomic
def map_again(
    *,
    actor: Actor,
    at: datetime,
    batch_id: UUID,
    preset: str,
    columns: Table[str, str] | None,
    options: Table[str, Any],
) -> Batch:
    """Where the columns go, of what kind the list is, and options such as conveyor; None for columns guesses anew.

    An unfinished mapping is kept as it is; it cannot be tried until it is whole. Raises Invalid for unknown fields, conveyor,
    level, currency or zone, Refused, NotFound.
    """
    batch = draft(actor, batch_id)
    chosen, header, targets = preset_named(preset), batch.reading["columns"], targets_of(actor.workspace_id)
    try:
        wanted = (
            drafting.guessed_columns(chosen, header, targets)
            if columns is None
            else drafting.chosen_columns(chosen.main, columns, header, targets)
        )
    except Unclear as unclear:
        raise Invalid(
            unclear.code, mapping_words(unclear.code, unclear.params), fields={"columns": unclear.code}
        ) from unclear
    kept = {name: value for name, value in batch.mapping["options"].items() if name in READING_OPTIONS}
    batch.preset, batch.main_record = chosen.code, chosen.main
    mapping = drafting.mapping_of(chosen, wanted, {**options, **kept})
    setting_of(
        Workspace.objects.get(pk=batch.workspace_id), mapping, at, batch.file_name
    )  # refuses what is not there
    batch.mapping = mapping.as_dict()
    batch.save(update_fields=["preset", "main_record", "mapping"])
    return _tried_again(actor, at, batch)


def _tried_again(actor: Actor, at: datetime, batch: Batch) -> Batch:
    """A trial that waits is asked for anew, for it would tell of what stood here before."""
    if batch.trial.get("state") == "asked":
        batch.trial = {}
        batch.save(update_fields=["trial"])
        mapping, targets = Mapping.from_dict(batch.mapping), targets_of(batch.workspace_id)
        if drafting.trouble(mapping, batch.reading["columns"], targets) is None:
            return ask_trial(actor=actor, at=at, batch_id=batch.pk)
    return batch


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, batch_id: UUID) -> None:
    """Leave a draft: its rows and its file go. Raises Refused when it was written already, NotFound, Forbidden."""
    batch = draft(actor, batch_id)
    record(
        actor=actor, at=at, subject="import_batch", subject_id=batch.pk, action="withdrawn", before={"file": batch.file_name}
    )  # fmt: skip
    discard(batch)


def discard(batch: Batch) -> None:
    """The draft goes, and its file with the commit."""
    stored_as = batch.stored_as
    batch.delete()
    if stored_as:
        transaction.on_commit(lambda: store().drop(stored_as))


def draft(actor: Actor, batch_id: UUID) -> Batch:
    """The draft, locked. Raises Refused when it is none any more, NotFound, Forbidden."""
    batch = find(actor, batch_id)
    if batch.state != "draft":
        raise Refused(
            "import_written", _("This import was started already; its rows can no longer be changed here.")
        )
    return batch


def plain_name(name: str) -> str:
    """The name of a file as it is shown: without folders and control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:255] or "file"


def _sample(path: Path, reading: Table[str, Any]) -> list[Any]:
    try:
        rows = islice(tables().rows(path, reading, 0), drafting.SAMPLE)
        return [[row.line, [_short(cell) for cell in row.values], row.damage] for row in rows]
    except Unreadable as unreadable:
        raise Invalid(
            "file_unreadable",
            file_words(unreadable.code, unreadable.params),
            fields={"file": unreadable.code},
        ) from unreadable


def _short(cell: str) -> str:
    """What is shown of a cell; PostgreSQL's text has no NUL."""
    return cell[:200].replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _first_guess(
    actor: Actor, wanted: Preset | None, header: list[str], targets: Targets
) -> tuple[Preset, dict[str, str], dict[str, Any]]:
    """(kind of list, columns, options): as it was mapped last time, else by the preset or the names of the columns.

    A field of the workspace's own that went out of use since is left out."""
    remembered = RememberedMapping.objects.filter(
        workspace_id=actor.workspace_id, header_hash=drafting.header_hash(header)
    ).first()
    if remembered and (wanted is None or wanted.code == remembered.mapping["preset"]):
        stored = remembered.mapping
        names = dict(zip(header, stored["codes"], strict=True))
        return (
            BY_CODE[stored["preset"]],
            {name: code for name, code in names.items() if code and targets.takes_new(code)},
            stored["options"],
        )
    preset = wanted or preset_of_header(header, PRESETS)
    if preset is None:
        leads = drafting.guessed_columns(BY_CODE["leads"], header, targets)
        preset = BY_CODE["leads" if likely_main(leads, targets) == "lead" else "contacts"]
    return preset, drafting.guessed_columns(preset, header, targets), {}


def _forget_rejects(batch: Batch) -> None:
    """Rows are told apart by their lines, and another reading may draw the lines otherwise."""
    Reject.objects.filter(workspace_id=batch.workspace_id, batch=batch).delete()
