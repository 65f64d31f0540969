"""What the screens of duplicates show."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from konveyer.domain.duplicates.models import Merge, Pair, Run
from konveyer.domain.duplicates.queries import pairs as reading
from konveyer.domain.duplicates.rules.merging import FIELDS
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.web.base import marks
from konveyer.web.duplicates.words import AGAINST, COUNTS, REASONS, why
from konveyer.web.duplicates.words import FIELDS as FIELD_WORDS


def line(found: reading.Line) -> dict[str, Any]:
    """A pair of the list."""
    return {
        "pair": found.pair,
        "names": [called(found.one), called(found.other)],
        "beside": [beside(found.one), beside(found.other)],
        "reasons": reasons(found.pair),
    }


def called(record: Any) -> str:
    """The name of a company; of a person the name, else the phone or address that is known."""
    if hasattr(record, "legal_name"):
        return str(record.name)
    return record.name or marks.shown_point("phone", record.name_key) or marks.nobody()


def beside(record: Any) -> str:
    """What tells two of one name apart."""
    return ", ".join(
        part
        for part in (record.city, getattr(record, "tax_number", ""), getattr(record, "domain", ""))
        if part
    )


def reasons(pair: Pair) -> list[tuple[Any, str]]:
    """Why, in words; what speaks against it as a warning."""
    return [(REASONS.get(one, one), "warn" if one in AGAINST else "") for one in pair.reasons]


def run(workspace_id: UUID) -> Run | None:
    """The run that goes on, else the last scan."""
    last = reading.last_run(workspace_id)
    return (
        last
        if last is None or last.state in ("asked", "running", "failed")
        else reading.last_run(workspace_id, "scan")
    )


def group(pair: Pair, actor: Actor) -> dict[str, Any]:
    """Records side by side: a row per field that any of them has, differing ones marked, with what to choose."""
    found, among = reading.group_of(pair)
    rows = []
    for name in FIELDS[pair.kind]:
        values = [getattr(side.record, name) or "" for side in found]
        told = {value for value in values if value}
        if told:
            first = next(number for number, value in enumerate(values) if value)
            cells = [
                {"value": value, "id": side.record.pk, "chosen": number == first}
                for number, (value, side) in enumerate(zip(values, found, strict=True))
            ]
            rows.append({"name": name, "words": FIELD_WORDS[name], "cells": cells, "differs": len(told) > 1})
    counts: list[dict[str, Any]] = [
        {"words": COUNTS[name], "cells": [side.counts.get(name, 0) for side in found]} for name in COUNTS
    ]
    return {
        "pair": pair,
        "kind": pair.kind,
        "sides": [_side(pair.kind, side) for side in found],
        "rows": rows,
        "counts": [row for row in counts if any(row["cells"])],
        "points": [[marks.shown_point(use.point.kind, use.point.value, use.point.extension) for use in side.points[:8]] for side in found],
        "works": [[called(work.contact if pair.kind == "company" else work.company) for work in side.works[:8]] for side in found],
        "reasons": reasons(among[0]) if among else reasons(pair),
        "may_merge": actor.may(Right.BASE_EDIT),
    }  # fmt: skip


def _side(kind: str, side: reading.Side) -> dict[str, Any]:
    return {"record": side.record, "name": called(side.record), "screen": kind}


def merges(workspace_id: UUID, rows: Sequence[Merge]) -> list[dict[str, Any]]:
    """Merges with the name of what went and of what it went into."""
    kept = reading.names(workspace_id, [(one.kind, one.kept_id) for one in rows])
    return [
        {
            "merge": one,
            "gone": one.gone_row.get("name")
            or " ".join(filter(None, (one.gone_row.get("first_name"), one.gone_row.get("last_name"))))
            or one.gone_row.get("name_key", ""),
            "kept": kept.get(one.kept_id, ""),
            "told": [why(line) for line in one.told],
        }
        for one in rows
    ]
