"""Contact points: one row per value in the workspace, shared by everybody who answers there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import record
from konveyer.domain.people.models import ContactPoint, PointUse
from konveyer.domain.people.operations.holding import require_record
from konveyer.domain.people.rules.facts import one_line
from konveyer.domain.people.rules.points import Point, read_points
from konveyer.domain.people.rules.problems import sentence, words_of
from konveyer.domain.people.rules.region import region_of
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Typed:
    """A contact point as somebody typed it; the text may hold several."""

    kind: str
    text: str
    label: str = ""


def read(actor: Actor, points: Sequence[Typed]) -> list[Point]:
    """The typed points as stored, each once. Raises Invalid naming what is none, and why."""
    if not any(one.text.strip() for one in points):
        return []
    region = region_of(Workspace.objects.only("currency").get(pk=actor.workspace_id).currency)
    found: dict[tuple[str, str, str], Point] = {}
    wrong: dict[str, str] = {}
    for typed in points:
        if not typed.text.strip():
            continue
        read_out, refused = read_points(typed.kind, typed.text, region)
        if refused:
            wrong[typed.kind] = next(iter(refused.values()))
        for point in read_out:
            label = one_line(typed.label or point.label)[:60]
            found.setdefault(
                (point.kind, point.value, point.extension),
                Point(point.kind, point.value, point.extension[:12], label),
            )
    if wrong:
        raise Invalid(
            "point",
            sentence(wrong),
            fields=wrong,
            details={kind: words_of(why) for kind, why in wrong.items()},
        )
    return list(found.values())


@transaction.atomic
def add_points(
    *,
    actor: Actor,
    at: datetime,
    contact_id: UUID | None = None,
    company_id: UUID | None = None,
    points: Sequence[Typed],
) -> list[PointUse]:
    """Give a person or a company these points; what it has already stays as it is.

    A value that somebody else has is shared, not doubled: a switchboard, an info@. Returns the new uses.
    Raises Invalid for what is no phone or address, NotFound for the record.
    """
    actor.require(Right.BASE_EDIT)
    wanted = read(actor, points)
    if not wanted:
        return []
    require_record(actor, contact_id=contact_id, company_id=company_id)
    mine = PointUse.objects.filter(
        Q(contact_id=contact_id) if contact_id else Q(company_id=company_id), workspace_id=actor.workspace_id
    )
    last = mine.aggregate(last=Max("position"))["last"]
    start = 0 if last is None else last + 1
    rows = {_identity(row): row for row in _rows(actor, at, wanted)}
    known = set(mine.values_list("point_id", flat=True))
    added = [
        PointUse(
            workspace_id=actor.workspace_id, point=rows[point.kind, point.value, point.extension], contact_id=contact_id,
            company_id=company_id, label=point.label, position=start + number,
        )
        for number, point in enumerate(wanted)
        if rows[point.kind, point.value, point.extension].pk not in known
    ]  # fmt: skip
    PointUse.objects.bulk_create(added)
    for use in added:
        record(
            actor=actor, at=at, subject="contact" if contact_id else "company", subject_id=contact_id or company_id or use.pk,
            action="point_added", after={use.point.kind: _shown(use.point)}, personal=_personal(contact_id, use.point),
        )  # fmt: skip
    return added


@transaction.atomic
def remove_point(*, actor: Actor, at: datetime, use_id: UUID) -> None:
    """Take a point from the person or company; others who share it keep it, and so do touches made through it."""
    actor.require(Right.BASE_EDIT)
    use = PointUse.objects.select_related("point").filter(workspace_id=actor.workspace_id, pk=use_id).first()
    if use is None:
        raise NotFound("point_not_found", _("This phone or address has been taken away already."))
    record(
        actor=actor, at=at, subject="contact" if use.contact_id else "company", subject_id=use.contact_id or use.company_id or use.pk,
        action="point_removed", before={use.point.kind: _shown(use.point)}, personal=_personal(use.contact_id, use.point),
    )  # fmt: skip
    use.delete()


def _rows(actor: Actor, at: datetime, wanted: Sequence[Point]) -> list[ContactPoint]:
    """The rows of these points, made where there are none; two people adding one at once get the same row."""
    ContactPoint.objects.bulk_create(
        [
            ContactPoint(
                workspace_id=actor.workspace_id,
                kind=point.kind,
                value=point.value,
                extension=point.extension,
                created_at=at,
            )
            for point in wanted
        ],
        ignore_conflicts=True,
    )
    values = [point.value for point in wanted]
    return list(ContactPoint.objects.filter(workspace_id=actor.workspace_id, value__in=values))


def _identity(row: ContactPoint) -> tuple[str, str, str]:
    return row.kind, row.value, row.extension


def _shown(point: ContactPoint) -> str:
    return f"{point.value} #{point.extension}" if point.extension else point.value


def _personal(contact_id: UUID | None, point: ContactPoint) -> tuple[str, ...]:
    return (point.kind,) if contact_id else ()
