"""Hostile words in every text column of a workspace that people write: whatever shows, sends or exports it meets them."""

from typing import Any

from django.apps import apps
from django.db import models

# A formula to a spreadsheet; a tag, the end of an attribute and a template to a browser. Short: columns cut it.
TAG = "<img src=x onerror=alert(1)>"
HOSTILE = f"={TAG}'\">{{{{7*7}}}}"
LINK = "javascript:alert(1)//"

# What the program writes itself, or takes from a fixed list only; mail addresses are held to their form.
OURS = {
    "slug", "language", "currency", "timezone", "team_size", "password", "email", "theme", "kind", "code", "key", "view",
    "token_hash", "hint", "body_hash", "by", "subject", "action", "field", "sealed_secret", "event", "state", "level", "fact",
    "ask", "expected", "destination", "arrived_precision", "won_precision", "due_precision", "status_precision", "precision",
    "temperature", "was", "became", "cause", "return_reason", "outcome", "direction", "channel", "status", "rule", "settled",
    "why", "content_type", "sha256", "stored_as", "main_record", "header_hash", "basis", "work", "done", "table", "column", "name_key", "title_key", "buying_role", "measure", "color", "list", "shared", "sort",
    "verdict", "how", "purpose", "move", "provider", "smtp_security", "imap_security", "trial", "sealed_password", "stopped", "about",
}  # fmt: skip
# Columns of tables that hold nothing of people's: jobs, frames' codes, the program's own names.
NOT_OF_PEOPLE = {
    "frame",
    "list_choice",
    "import_reject",
    "remembered_mapping",
    "funnel_cell",
    "answered_request",
}
CLOSED = frozenset(
    {"journal_entry", "journal_personal_value", "consent", "consent_text"}
)  # the program itself cannot change them
LINKS = {("webhook", "url"), ("contact_point", "value"), ("company", "domain")}


def columns() -> list[tuple[str, str, int]]:
    """(table, column, characters that it takes) of all that people write."""
    return [
        (table, field.column, field.max_length or 20_000)
        for model in apps.get_models()
        if model.__module__.startswith("konveyer.domain") and (table := model._meta.db_table) not in NOT_OF_PEOPLE
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and field.column not in OURS
        and hasattr(model, "workspace_id" if table != "workspace" else "pk")
    ]  # fmt: skip


def spoil(cursor: Any, *, closed: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Put them into every row that the cursor sees, but for the tables `closed` to it; gives the columns.

    The end of the id keeps apart what must differ.
    """
    done = []
    for table, column, length in columns():
        if table in closed:
            continue
        text = LINK + HOSTILE if (table, column) in LINKS else HOSTILE
        if length < len(HOSTILE) + 8:
            text = text[: length - 8]
        cursor.execute(
            f'update "{table}" set "{column}" = %s || right(id::text, 7) where "{column}" is not null', [text]
        )
        done.append((table, column))
    return done
