"""What the screens of an import are drawn from."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from konveyer.domain.imports.models import Batch, Reject
from konveyer.domain.imports.queries.batches import (
    mended_count,
    remembered,
    shown_rejects,
    tried,
    unmended,
)
from konveyer.domain.imports.queries.targets import targets_of
from konveyer.domain.imports.rules import drafting
from konveyer.domain.imports.rules.mapping import Mapping
from konveyer.domain.imports.rules.reasons import text_of
from konveyer.web.base import marks
from konveyer.web.imports import columns, words
from konveyer.web.work import WorkRequest

SHOWN_REJECTS = 100
STEPS = (gettext_lazy("File"), gettext_lazy("Columns"), gettext_lazy("Trial"), gettext_lazy("Writing"))


def line(batch: Batch) -> dict[str, Any]:
    """A row in the list of imports."""
    return {
        "batch": batch, "state": words.STATES[batch.state], "kind": words.KINDS[batch.state],
        "what": words.preset_words(batch.preset) if batch.preset else words.MAINS.get(batch.main_record, ""),
        "undoable": batch.state in ("done", "stopped"),
    }  # fmt: skip


def of(request: WorkRequest, batch: Batch) -> dict[str, Any]:
    """Everything about one import."""
    context = {
        "batch": batch, "state": words.STATES[batch.state], "kind": words.KINDS[batch.state],
        "what": words.preset_words(batch.preset), "busy": _busy(batch), "error": "", "list_url": words.LISTS[batch.main_record],
        "columns_count": len(batch.reading["columns"]), "limit": drafting.LARGEST,
    }  # fmt: skip
    if batch.state == "draft":
        return context | _draft(batch)
    return context | _written(batch)


def _busy(batch: Batch) -> bool:
    """Whether the worker is at it, so that the page asks again by itself."""
    asked = "asked" in (batch.trial.get("state"), batch.taking_back.get("state"))
    return batch.state == "running" or (asked and batch.state != "undone")


def _draft(batch: Batch) -> dict[str, Any]:
    mapping = Mapping.from_dict(batch.mapping)
    targets = targets_of(batch.workspace_id)
    unclear = drafting.trouble(mapping, batch.reading["columns"], targets)
    fresh, trial = tried(batch), batch.trial
    step = 4 if fresh else 3 if trial or unclear is None else 2
    return {
        "steps": _steps(min(step, 3)),
        "boxes": columns.boxes(batch),
        "raw": columns.raw_lines(batch),
        "rows": columns.rows(batch, targets),
        "left_out": [name for name in batch.reading["columns"] if name not in mapping.columns],
        "mapped": len(mapping.columns),
        "remembered": remembered(batch),
        "consents": columns.consents(batch),
        "presets": columns.presets(batch),
        "options": columns.options(batch),
        "trouble": words.unclear_words(unclear, targets) if unclear else "",
        "trial": trial,
        "fresh": fresh,
        "stale": trial.get("state") == "done" and not fresh,
        "results": _results(batch) if trial.get("state") == "done" else {},
    }


def _results(batch: Batch) -> dict[str, Any]:
    trial, mended = batch.trial, mended_count(batch)
    created = words.record_counts(trial.get("records", {}), "created")
    rejects = [reject(batch, row) for row in shown_rejects(batch, SHOWN_REJECTS)]
    return {
        "created": created,
        "beside": created[1] if len(created) > 1 else "",
        "parts": [
            ("act", trial["created"]), ("d2", trial["updated"]), ("grey", trial["unchanged"]), ("good", mended),
            ("bad", max(trial["rejected"] - mended, 0)),
        ],
        "changes": [_change(one) for one in trial.get("changes", ())],
        "rejects": rejects,
        "more": max(trial["rejected"] - len(rejects), 0),
        "mended": mended,
        "left": max(trial["rejected"] - mended, 0),
        "to_write": trial["created"] + trial["updated"] + mended,
        "at": datetime.fromisoformat(trial["at"]),
        "seconds": trial["seconds"],
    }  # fmt: skip


def _change(told: dict[str, Any]) -> dict[str, Any]:
    """A value as it was and will be; tags in one line."""
    sides = {
        name: ", ".join(told[name]) if isinstance(told[name], list) else told[name]
        for name in ("before", "after")
    }
    return told | sides | {"record": words.record_word(told["record"])}


def _written(batch: Batch) -> dict[str, Any]:
    back = batch.taking_back
    expected = batch.trial.get("rows") or 0
    return {
        "steps": _steps(4 if batch.state in ("running", "stopped") else 5),
        "expected": max(expected, batch.rows),
        "parts": [
            ("act", batch.created), ("d2", batch.updated), ("grey", batch.unchanged), ("bad", batch.rejected),
        ],
        "made": words.record_counts(batch.trial.get("records", {}), "created") if batch.state == "done" else [],
        "rejects": [reject(batch, row) for row in unmended(batch, SHOWN_REJECTS)] if batch.rejected else [],
        "more": max(batch.rejected - SHOWN_REJECTS, 0),
        "back": back,
        "back_removed": words.totals(back.get("removed", {})),
        "back_restored": words.totals(back.get("restored", {})),
        "back_kept": [
            (words.record_word(table), name, why, marks.address(words.PLACES[table], key) if table in words.PLACES else "")
            for table, key, name, why in back.get("kept", ())
        ],
        "back_more": max(back.get("kept_count", 0) - len(back.get("kept", ())), 0),
        "undoable": batch.state in ("done", "stopped") or (batch.state == "running" and not batch.stored_as),
        "can_go_on": batch.state == "stopped" and bool(batch.stored_as),
    }  # fmt: skip


def _steps(now: int) -> list[dict[str, Any]]:
    return [
        {"number": number, "name": name, "done": number < now, "now": number == now}
        for number, name in enumerate(STEPS, 1)
    ]


def reject(batch: Batch, row: Reject) -> dict[str, Any]:
    """A row that does not go in: what stood in the cell, why, whether it was mended."""
    header = list(batch.reading["columns"])
    place = header.index(row.column) if row.column in header else -1
    cell = row.values[place] if 0 <= place < len(row.values) else ""
    return {
        "line": row.line, "column": row.column, "cell": str(cell)[:120], "why": text_of(row.code, row.params),
        "mended": row.mended_at is not None, "has_rows": bool(row.values),
        "whole": " · ".join(str(value) for value in row.values if value)[:160],
    }  # fmt: skip


def mending(batch: Batch, row: Reject, values: list[str]) -> dict[str, Any]:
    """The dialog in which a row is mended: its cells, the one to blame first."""
    header = list(batch.reading["columns"])
    cells = [
        {
            "name": f"v{index}", "label": name, "value": values[index] if index < len(values) else "", "blamed": name == row.column,
        }
        for index, name in enumerate(header)
    ]  # fmt: skip
    return {
        "batch": batch, "line": row.line, "why": text_of(row.code, row.params, row.column), "error": "",
        "cells": sorted(cells, key=lambda cell: not cell["blamed"]), "spare": values[len(header) :],
        "title": _("Line %d") % row.line,
    }  # fmt: skip
