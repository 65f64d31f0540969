"""Refusals: what an operation raises when it cannot act.

The message is for the person: what is wrong and what to do. `code` is for programs and never changes;
`fields` points at the inputs to mend.
"""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """An operation did nothing, and says why. `message` may be a lazy translation."""

    status = 409

    def __init__(
        self,
        code: str,
        message: Any,
        *,
        fields: Mapping[str, Any] | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.fields = dict(fields or {})
        self.details = dict(details or {})

    def __str__(self) -> str:
        return str(self.message)


class Invalid(Refused):
    """The input cannot be right: wrong form, out of range, unknown value."""

    status = 422


class Forbidden(Refused):
    """The member may not do this; the message names who may."""

    status = 403


class NotFound(Refused):
    """No such record in this workspace, or not for this member's eyes."""

    status = 404


class Stale(Refused):
    """Somebody changed the record since it was read. `details` holds both values."""

    status = 409
