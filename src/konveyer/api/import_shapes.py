"""Forms of imports: a batch, how it is read and mapped, its trial, its undo, its rejected rows."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from konveyer.api.shapes import Currency, Given, Ref, Short, ref
from konveyer.domain.imports.models import Batch, Reject
from konveyer.domain.imports.queries.batches import tried
from konveyer.domain.imports.rules.reasons import text_of

Code = Annotated[str, Field(max_length=80, examples=["contact.phone"])]
Cell = Annotated[str, Field(max_length=20_000)]


class ImportOut(Schema):
    """An import: rows = created + updated + unchanged + rejected, counting its main record. state: draft, running, done,
    stopped, undone."""

    id: UUID
    file_name: str
    preset: str
    state: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    member: Ref | None
    created_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    failure: str


class TrialOut(Schema):
    """What writing would do, counted exactly. state: none, asked, done, failed; `stale`: the draft was changed since.

    `of` goes into the commit. `records` counts created and changed records by table.
    """

    state: str
    stale: bool
    of: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    records: dict[str, dict[str, int]]
    said: str


class KeptOut(Schema):
    """A record that an undo leaves, and why."""

    record: str
    id: UUID
    name: str
    why: str


class BackOut(Schema):
    """The undo, or its preview, that was asked for last. state: none, asked, done, failed."""

    state: str
    kind: str
    removed: dict[str, int]
    restored: dict[str, int]
    kept: list[KeptOut]
    kept_count: int
    said: str


class ImportDetail(ImportOut):
    """An import with how its file is read, where the columns go, its trial and its undo."""

    size: int
    reading: dict[str, Any]
    columns: dict[str, str]
    options: dict[str, Any]
    trial: TrialOut
    undo: BackOut


class RejectOut(Schema):
    """A row that does not go in: its line in the file, why, and its cells. The next page begins after the last line."""

    line: int
    column: str
    code: str
    params: dict[str, Any]
    reason: str
    values: list[str]


class ReadingPut(Given):
    """How the file is to be read; what is left out is guessed."""

    encoding: Annotated[str, Field(min_length=1, max_length=40, examples=["cp1251"])] | None = None
    delimiter: Annotated[str, Field(max_length=1, examples=[";"])] | None = None
    header_line: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal_comma: bool | None = None
    sheet: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class OptionsIn(Given):
    """What holds for the whole list."""

    conveyor: Short | None = None
    level: Annotated[str, Field(max_length=20)] | None = None
    currency: Currency | None = None
    timezone: Annotated[str, Field(max_length=60)] | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None
    incoming: bool | None = None


class ColumnsPut(Given):
    """The kind of list, and the field of each column; columns left out are not brought in. null guesses them anew.

    Fields of the workspace's own are company.field.KEY, contact.field.KEY and lead.field.KEY; tags company.tags and so on."""

    preset: Annotated[str, Field(max_length=40, examples=["leads"])]
    columns: dict[Annotated[str, Field(max_length=500)], Code] | None = None
    options: OptionsIn = Field(default_factory=OptionsIn)


class CommitIn(Given):
    """`of` of the trial that was looked at; if the draft changed since, nothing is written."""

    of: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


class UndoIn(Given):
    """`preview` only finds out what would go and what would stay."""

    preview: bool = False


class RowPut(Given):
    """All cells of the row, as many as the file has columns."""

    values: Annotated[list[Cell], Field(min_length=1, max_length=16_384)]


def summary(row: Batch) -> dict[str, Any]:
    """The fields of ImportOut."""
    return {
        "id": row.pk, "file_name": row.file_name, "preset": row.preset, "state": row.state, "rows": row.rows,
        "created": row.created, "updated": row.updated, "unchanged": row.unchanged, "rejected": row.rejected,
        "member": ref(row.member), "created_at": row.created_at, "finished_at": row.finished_at,
        "undone_at": row.undone_at, "failure": row.failure,
    }  # fmt: skip


def detail(row: Batch) -> ImportDetail:
    """The whole import."""
    return ImportDetail(
        **summary(row), size=row.size, reading=row.reading, columns=row.mapping["columns"], options=row.mapping["options"],
        trial=trial(row), undo=_back(row.taking_back),
    )  # fmt: skip


def trial(row: Batch) -> TrialOut:
    """Its trial."""
    stored = row.trial
    return TrialOut(
        state=stored.get("state", "none"), stale=row.state == "draft" and stored.get("state") == "done" and not tried(row),
        of=stored.get("of", ""), records=stored.get("records", {}), said=stored.get("said", ""),
        **{name: stored.get(name, 0) for name in ("rows", "created", "updated", "unchanged", "rejected")},
    )  # fmt: skip


def _back(stored: dict[str, Any]) -> BackOut:
    return BackOut(
        state=stored.get("state", "none"), kind=stored.get("kind", ""), removed=stored.get("removed", {}),
        restored=stored.get("restored", {}), kept_count=stored.get("kept_count", 0), said=stored.get("said", ""),
        kept=[KeptOut(record=record, id=key, name=name, why=why) for record, key, name, why in stored.get("kept", ())],
    )  # fmt: skip


def reject(row: Reject) -> RejectOut:
    """A rejected row."""
    return RejectOut(
        line=row.line, column=row.column, code=row.code, params=row.params, values=[str(cell) for cell in row.values],
        reason=text_of(row.code, row.params, row.column),
    )  # fmt: skip
