"""Every place that holds something of a person, and what becomes of it.

GOES: rows that go. BLANKED: columns that are emptied while the row stays for the figures (SQL that stands there instead).
KEPT: columns that hold the firm's own codes and numbers. A test goes through all tables: a text column that hangs on
a person, a lead or a deal and stands in none of the three fails it. REDACTED: free texts elsewhere, in which the
person's addresses, phones and full name are struck out.
"""

from __future__ import annotations

# table → the columns by which its rows are his
GOES = {
    "point_use": ("contact_id",), "employment": ("contact_id",), "consent": ("contact_id",), "tag_use": ("contact_id",),
    "note": ("contact_id", "lead_id", "deal_id"), "file": ("contact_id", "lead_id", "deal_id"), "field_value": ("contact_id", "lead_id"),
    "contact_link": ("contact_id", "by_id"),
}  # fmt: skip
_DASH = "case when {0} = '' then '' else '—' end"
BLANKED = {
    "contact": {
        "last_name": "''", "first_name": "''", "patronymic": "''", "name_key": "''", "city": "''", "timezone": "''", "language": "''",
        "external_key": "null",
    },
    "lead": {
        "title": "''", "title_key": "coalesce((select name_key from company c where c.workspace_id = t.workspace_id and c.id = t.company_id), '')",
        "self_reported": "''", "second_reason": _DASH.format("second_reason"), "refusal_note": "''", "external_key": "null",
    },
    "lead_fact": {"value": "'—'", "number": "null"},
    "handoff": {"package": "'{\"erased\": true}'", "introduction": "''", "return_note": "''"},
    "stage_pass": {"override_reason": _DASH.format("override_reason")},
    "task": {"title": "'—'"},
    "touch": {"note": "''", "point_id": "null"},
    "deal": {"lost_reason": _DASH.format("lost_reason"), "competitor": "''"},
    "payment": {"note": "''"},
    "qualification": {"facts": "'{}'", "reasons": "'[]'", "note": _DASH.format("note")},
    "bulk_step": {"said": "''", "before": "'{}'", "after": "'{}'"},
}  # fmt: skip
KEPT = {
    "lead": ("level", "state", "currency", "arrived_precision", "won_precision", "temperature"),
    "lead_fact": ("kind", "source"),
    "temperature_change": ("was", "became", "cause"),
    "handoff": ("state", "return_reason"),
    "stage_pass": ("outcome",),
    "task": ("kind", "due_precision", "outcome"),
    "touch": ("channel", "direction", "outcome", "precision"),
    "deal": ("currency", "status", "status_precision", "external_key"),
    "payment": ("kind", "currency", "external_key"),
    "absence_step": ("settled", "why"),
    "qualification": ("verdict",),
    "bulk_step": ("state", "why"),
}
REDACTED = {
    "note": ("body",), "touch": ("note",), "lead": ("title", "self_reported", "refusal_note"), "lead_fact": ("value",), "task": ("title",),
    "handoff": ("package", "introduction", "return_note"), "stage_pass": ("override_reason",), "deal": ("lost_reason",), "payment": ("note",),
    "file": ("name",), "field_value": ("text",), "import_batch": ("file_name", "failure", "sample", "trial", "taking_back"),
    "import_reject": ("params", "values"), "duplicate_merge": ("gone_row", "before", "after", "told"), "duplicate_merged_row": ("row",),
    "webhook_delivery": ("payload", "said"), "bulk_action": ("params", "query"), "bulk_step": ("said", "before", "after"),
    "outbox_message": ("subject", "text", "said"), "outbox_recipient": ("address", "said"), "mailbox": ("stopped_said", "steps"),
    "saved_view": ("name", "query"), "qualification": ("facts", "reasons", "note"),
}  # fmt: skip
STRUCK = "▮▮▮"
SHORTEST = 5  # shorter words are struck out nowhere: they occur in others


def words_of(first: str, last: str, patronymic: str, points: list[str]) -> list[str]:
    """What is struck out of free texts: addresses, phones, accounts, and the full name in the orders people write it."""
    names = [(first, last), (last, first), (last, first, patronymic), (first, patronymic, last)]
    forms = [" ".join(name) for name in names if all(name)]
    digits = [point.removeprefix("+") for point in points if point.startswith("+")]
    found = [*points, *digits, *forms]
    return sorted({word for word in found if len(word) >= SHORTEST}, key=lambda word: (-len(word), word))
