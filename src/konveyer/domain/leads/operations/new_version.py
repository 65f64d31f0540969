"""A new version of a conveyor takes over the leads inside, as a stage map says: a constant number of statements."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import StageMap, Version
from konveyer.domain.conveyor.operations import publish_draft
from konveyer.domain.conveyor.queries import stages
from konveyer.domain.leads.queries.mapping import Row, inside, rows_of
from konveyer.domain.leads.queries.office import office_of
from konveyer.domain.leads.rules.deadlines import working_deadline
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Invalid

_INSIDE = """
  from lead l join stage_map m on m.workspace_id = l.workspace_id and m.from_stage_id = l.stage_id
  join stage f on f.workspace_id = m.workspace_id and f.id = m.from_stage_id
  join stage t on t.workspace_id = m.workspace_id and t.id = m.to_stage_id
 where l.workspace_id = %(w)s and m.version_id = %(v)s and l.closed_at is null and l.state in ('open', 'on_hold', 'won')
"""
_LOCK = f"select l.id {_INSIDE} order by l.id for update of l"
# All that follows is about the locked ones: a lead that comes into a former stage meanwhile stays there, whole.
_MOVED = f"{_INSIDE} and l.id = any(%(ids)s)"
_JOURNAL = f"""
insert into journal_entry (workspace_id, at, actor_id, by, subject, subject_id, action, before, after, reason, batch_id)
select l.workspace_id, %(at)s, %(actor)s, %(by)s, 'lead', l.id, 'mapped', jsonb_build_object('stage_id', f.id),
       jsonb_build_object('stage_id', t.id, 'stage', t.name, 'version', %(number)s::int), '', %(v)s
{_MOVED}
"""
_LEFT = f"""
update stage_pass p set left_at = greatest(%(at)s, p.entered_at), outcome = 'mapped'
  from (select l.id {_MOVED}) moved
 where p.workspace_id = %(w)s and p.lead_id = moved.id and p.left_at is null
"""
_ENTERED = f"""
insert into stage_pass (workspace_id, lead_id, stage_id, owner_id, entered_at, outcome, override_reason)
select l.workspace_id, l.id, t.id, l.owner_id, %(at)s, '', '' {_MOVED}
"""
# A handoff on its way goes to the stage that took the other's place.
_HANDOFFS = """
update handoff h set to_stage_id = t.id, to_role_id = case when h.to_member_id is null then t.role_id else h.to_role_id end
  from stage_map m join stage t on t.workspace_id = m.workspace_id and t.id = m.to_stage_id
 where h.workspace_id = %(w)s and m.workspace_id = h.workspace_id and m.version_id = %(v)s and h.to_stage_id = m.from_stage_id
   and h.state = 'sent'
"""
_DEADLINES = f"""
select distinct l.owner_id, t.id, t.sla_hours {_MOVED}
   and l.state <> 'on_hold' and t.sla_hours is not null and t.sla_hours is distinct from f.sla_hours
"""
# What was promised stands: the term changes only where the stage's own term did.
_LEADS = f"""
update lead set stage_id = moved.to_stage, conveyor_version_id = %(v)s, entered_stage_at = %(at)s, version = lead.version + 1,
       queue_id = case when lead.queue_id is not null then moved.role_id end,
       due_at = case when lead.state = 'on_hold' or moved.hours is null then null
                     when moved.hours = moved.former then lead.due_at else d.due_at end
  from (select l.id, l.owner_id as owner, t.id as to_stage, t.role_id, t.sla_hours as hours, f.sla_hours as former {_MOVED}) moved
  left join unnest(%(owners)s::uuid[], %(to)s::uuid[], %(due)s::timestamptz[]) as d (owner_id, to_stage, due_at)
    on d.owner_id is not distinct from moved.owner and d.to_stage = moved.to_stage
 where lead.workspace_id = %(w)s and lead.id = moved.id
"""


@transaction.atomic
def publish_version(
    *, actor: Actor, at: datetime, conveyor_id: UUID, revision: int, mapping: Mapping[UUID, str]
) -> Version:
    """Publish the draft and move the leads inside: former stage → key of a new one. Those not named, or named "", stay.

    The pass in the former stage ends as "mapped" and keeps its version; a lead keeps its owner, its next step and, where
    the stage's term is the same, its deadline. All of it or nothing. Raises what `publish_draft` does, and Invalid for a
    row that does not exist, or would take an open lead behind the win point or a won one before it.
    """
    version = publish_draft(actor=actor, at=at, conveyor_id=conveyor_id, revision=revision)
    new = stages(actor.workspace_id, version.pk)
    rows = rows_of(inside(actor.workspace_id, conveyor_id, but=version.pk), new)
    StageMap.objects.bulk_create(_map(version, rows, mapping))
    values: dict[str, Any] = {
        "w": actor.workspace_id, "v": version.pk, "at": at, "actor": actor.member_id, "by": actor.by, "number": version.number,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, values)
        values["ids"] = [lead_id for (lead_id,) in cursor.fetchall()]
        cursor.execute(_DEADLINES, values)
        values |= _deadlines(actor.workspace_id, at, cursor.fetchall())
        for statement in (_JOURNAL, _LEFT, _ENTERED, _HANDOFFS, _LEADS):
            cursor.execute(statement, values)
    return version


def _map(version: Version, rows: list[Row], mapping: Mapping[UUID, str]) -> list[StageMap]:
    known = {row.inside.stage.pk for row in rows}
    if any(key for stage, key in mapping.items() if stage not in known):
        raise Invalid(
            "map_changed", _("The leads inside have changed meanwhile: look at the map again."), fields={"map": "unknown"}
        )  # fmt: skip
    found = []
    for row in rows:
        key = mapping.get(row.inside.stage.pk, "")
        target = next((stage for stage in row.targets if stage.key == key), None)
        if key and target is None:
            raise Invalid(
                "map", _("Leads of “%s” cannot go there: the win point lies between.") % row.inside.stage.name,
                fields={"map": "win_point"},
            )  # fmt: skip
        found.append(
            StageMap(
                workspace_id=version.workspace_id, version=version, from_stage=row.inside.stage, to_stage=target,
                leads=row.inside.leads,
            )
        )  # fmt: skip
    return found


def _deadlines(workspace_id: UUID, at: datetime, pairs: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """The new terms, once for each owner and stage, in his working hours."""
    offices = {owner: office_of(workspace_id, owner) for owner in {pair[0] for pair in pairs}}
    return {
        "owners": [owner for owner, _stage, _hours in pairs],
        "to": [stage for _owner, stage, _hours in pairs],
        "due": [working_deadline(at, hours, *offices[owner]) for owner, _stage, hours in pairs],
    }
