"""Forms of the base: what was typed, and what is wrong with it in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from konveyer.domain.people.rules.problems import words_of
from konveyer.kit.refusal import Invalid, Refused, Stale


@dataclass
class Typed:
    """Values by field, errors by field, one word on the whole, and both values where two people were at it."""

    values: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)
    whole: str = ""
    conflict: dict[str, Any] = field(default_factory=dict)

    def refused(self, refusal: Refused) -> "Typed":
        """The same form with what the operation said."""
        if isinstance(refusal, Stale):
            self.conflict = dict(refusal.details)
        for name, reason in refusal.fields.items():
            self.errors[name] = str(refusal.message) if len(refusal.fields) == 1 else words_of(str(reason))
        if not set(refusal.fields) & set(self.values):
            self.whole = str(refusal.message)
        return self


def typed(post: QueryDict | Mapping[str, str], *names: str) -> Typed:
    """The named fields as text, without signs that PostgreSQL cannot hold."""
    return Typed({name: str(post.get(name, "")).replace("\0", "") for name in names})


def day(form: Typed, name: str) -> date | None:
    """A day out of the form; None when empty. Raises Invalid for what is no date."""
    text = form.values.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid("date", _("This is not a date. Example: 2026-03-31."), fields={name: "form"}) from error


def version(post: Mapping[str, str]) -> int:
    """The version that was read; 0 when it is missing or no number, which fits no record."""
    text = post.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def known_id(text: str) -> UUID | None:
    """A record's id; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
