"""Forms of values that resources share."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import AfterValidator, ConfigDict, Field

from konveyer.kit.refusal import Invalid

Item = TypeVar("Item")


class Given(Schema):
    """Base of what clients send: unknown fields are refused, not lost in silence."""

    model_config = ConfigDict(extra="forbid")


def _in_our_time(value: Any) -> Any:
    year = value.year
    if not 1900 <= year <= 2200:
        raise ValueError("between the years 1900 and 2200")
    return value


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


Name = Annotated[str, Field(min_length=1, max_length=200)]
Short = Annotated[str, Field(max_length=200)]
Line = Annotated[str, Field(max_length=500)]
Text = Annotated[str, Field(max_length=20_000)]
Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2, examples=["59500.00"])]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["RUB"])]
Day = Annotated[date, AfterValidator(_in_our_time)]
Moment = Annotated[datetime, AfterValidator(_aware), AfterValidator(_in_our_time)]
Revision = Annotated[
    int, Field(ge=1, le=2_147_483_647, description="The version that was read; another one is refused")
]
Limit = Annotated[int, Field(ge=1, le=200)]
After = Annotated[str, Field(max_length=600, description="`next` of the page before")]


# Both days are inside; `from` is a word of Python, so the addresses' names differ from ours.
FromDay = Annotated[Day | None, Query(None, alias="from")]
ToDay = Annotated[Day | None, Query(None, alias="to")]


class Ref(Schema):
    """A record named by another one."""

    id: UUID
    name: str


class Listed(Schema, Generic[Item]):
    """A page of a list. `next` goes into `after` for the next page; null at the end."""

    items: list[Item]
    next: str | None = None


def ref(record: Any) -> Ref | None:
    """The record as id and name; None stays None."""
    return None if record is None else Ref(id=record.pk, name=str(record))


def named(record: Any) -> Ref:
    """A record that is always there as id and name."""
    return Ref(id=record.pk, name=str(record))


def sealed(cursor: str | None, listing: str) -> str | None:
    """A cursor signed for one list, so that it fits no other and cannot be made up."""
    return None if cursor is None else Signer(salt=f"api.{listing}").sign(cursor)


def opened(after: str | None, listing: str) -> str | None:
    """The cursor behind what the client sent. Raises Invalid for anything we did not sign for this list."""
    if after is None:
        return None
    try:
        return Signer(salt=f"api.{listing}").unsign(after)
    except BadSignature as error:
        raise Invalid(
            "cursor", _("This place in the list is not known. Start from the first page.")
        ) from error


def listed(
    rows: Iterable[Any], shape: Callable[[Any], Item], after: str | None, listing: str
) -> dict[str, Any]:
    """A page of rows in their shape, with the sealed cursor of the next one."""
    return {"items": [shape(row) for row in rows], "next": sealed(after, listing)}
