"""Two open leads of what is one client now: one goes on, the other ends with a reason, or goes on as a second lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import RefusalRoute
from konveyer.domain.duplicates.models import MergedRow
from konveyer.domain.journal.operations import record
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import refuse, reopen
from konveyer.domain.workspace.rules.actor import Actor, for_workspace
from konveyer.kit.refusal import Refused

# The one that goes on: open before resting, further on the conveyor, talked to, older.
STANDING = """
select l.id, coalesce(s.kept, l.{kind}_id) as client, l.conveyor_id, l.level, s.merge_id,
       row_number() over (partition by coalesce(s.kept, l.{kind}_id), l.conveyor_id, l.level
                          order by l.state = 'open' desc, g.position desc, l.first_touch_at nulls last, l.arrived_at, l.id) as place,
       first_value(l.id) over (partition by coalesce(s.kept, l.{kind}_id), l.conveyor_id, l.level
                          order by l.state = 'open' desc, g.position desc, l.first_touch_at nulls last, l.arrived_at, l.id) as goes_on,
       (max(s.merge_id::text) over (partition by coalesce(s.kept, l.{kind}_id), l.conveyor_id, l.level))::uuid as of_merge
  from lead l join stage g on g.workspace_id = l.workspace_id and g.id = l.stage_id
  left join duplicate_step s on s.gone = l.{kind}_id
 where l.workspace_id = %(ws)s and l.state in ('open', 'on_hold') and l.second_reason = '' {alone}
   and (l.{kind}_id in (select gone from duplicate_step) or l.{kind}_id in (select kept from duplicate_step))
"""


@dataclass(frozen=True)
class Contested:
    """An open lead that gives way to another one of the same client."""

    lead_id: UUID
    goes_on: UUID
    merge_id: UUID


def contested(kind: str, workspace_id: UUID) -> list[Contested]:
    """Open leads of the step that cannot all go on."""
    alone = "and l.company_id is null" if kind == "contact" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select id, goes_on, coalesce(merge_id, of_merge) from ({STANDING.format(kind=kind, alone=alone)}) x"
            " where place > 1 and of_merge is not null order by id",
            {"ws": workspace_id},
        )
        return [Contested(*row) for row in cursor.fetchall()]


def settle(kind: str, *, actor: Actor, at: datetime, way: str) -> int:
    """Before the records move: every lead that gives way is closed, or goes on as a second one. Returns how many."""
    found = contested(kind, actor.workspace_id)
    for one in found:
        lead = Lead.objects.select_related("conveyor").get(workspace_id=actor.workspace_id, pk=one.lead_id)
        route = _route(lead) if way == "close" and lead.state == "open" else None  # who rests bothers nobody
        if route is None:
            _second(lead, one, actor=actor, at=at)
        else:
            _close(lead, route, one, actor=actor, at=at)
    return len(found)


def _route(lead: Lead) -> RefusalRoute | None:
    """A reason of its conveyor that ends a lead; not every conveyor has one."""
    routes = RefusalRoute.objects.filter(
        workspace_id=lead.workspace_id,
        conveyor_version_id=lead.conveyor_version_id,
        destination__in=["disqualified", "lost"],
    )
    return routes.order_by("destination", "position", "id").first()


def _close(lead: Lead, route: RefusalRoute, one: Contested, *, actor: Actor, at: datetime) -> None:
    note = _("Merged with a record that has an open lead on this conveyor: that one goes on.")
    closed = refuse(actor=_whole(actor), at=at, lead_id=lead.pk, refusal_id=route.pk, note=note)
    _remember(one, actor, "closed", closed.version)


def _second(lead: Lead, one: Contested, *, actor: Actor, at: datetime) -> None:
    lead.second_reason = _("Two records were merged; both leads go on.")
    lead.version += 1
    lead.save(update_fields=["second_reason", "version"])
    record(
        actor=actor, at=at, subject="lead", subject_id=lead.pk, action="changed", before={"second_reason": ""},
        after={"second_reason": lead.second_reason},
    )  # fmt: skip
    _remember(one, actor, "second", lead.version)


def _remember(one: Contested, actor: Actor, done: str, version: int) -> None:
    MergedRow.objects.create(
        workspace_id=actor.workspace_id, merge_id=one.merge_id, table="lead", row_id=one.lead_id, done=done,
        row={"version": version},
    )  # fmt: skip


def give_back(row: MergedRow, *, actor: Actor, at: datetime) -> str:
    """The lead as it was before the merge. Returns "" or why it stays: gone, changed_since, another_open."""
    lead = Lead.objects.filter(workspace_id=row.workspace_id, pk=row.row_id).first()
    if lead is None:
        return "gone"
    if lead.version != (row.row or {}).get("version"):
        return "changed_since"
    if row.done == "second":
        Lead.objects.filter(workspace_id=row.workspace_id, pk=lead.pk).update(
            second_reason="", version=lead.version + 1
        )
        return ""
    try:
        with transaction.atomic():
            reopen(actor=_whole(actor), at=at, lead_id=lead.pk, reason=_("The merge was taken back."))
    except (Refused, IntegrityError):
        return "another_open"
    return ""


def _whole(actor: Actor) -> Actor:
    """Leads of all owners are settled, whoever merges; the journal names him."""
    return for_workspace(actor.workspace_id, actor.by, actor.member_id)
