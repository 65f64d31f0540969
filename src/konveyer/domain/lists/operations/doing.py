"""The actions on one record: what it has before, doing it, and putting it back. Each uses the operation of its own room,
so rights, views, frames, gates, the journal and events are those of one record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.conveyor.models import RefusalRoute, Stage
from konveyer.domain.labels.models import Tag, TagUse
from konveyer.domain.labels.operations import fill_fields, tag_record
from konveyer.domain.labels.queries.fields import values_of
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import assign, move_lead, refuse, reopen
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Refused

State = dict[str, Any]


@dataclass(frozen=True)
class Doing:
    """`state` reads what the action is about; `act` does it; `back` puts `before` back."""

    state: Callable[[Actor, str, UUID, Mapping[str, Any]], State]
    act: Callable[[Actor, datetime, str, UUID, Mapping[str, Any]], Any]
    back: Callable[[Actor, datetime, str, UUID, Mapping[str, Any], State], Any]


class Nothing(Refused):
    """The record is as it is wanted already."""

    def __init__(self) -> None:
        super().__init__("as_wanted", _("It is so already."))


def _lead(actor: Actor, pk: UUID) -> Lead:
    return Lead.objects.select_related("stage").get(workspace_id=actor.workspace_id, pk=pk)


def _owner_state(actor: Actor, kind: str, pk: UUID, params: Mapping[str, Any]) -> State:
    lead = _lead(actor, pk)
    return {"owner": str(lead.owner_id or ""), "queue": str(lead.queue_id or "")}


def _assign(actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any]) -> None:
    member = UUID(params["member"]) if params["member"] else None
    lead = _lead(actor, pk)
    if lead.owner_id == member and (member or lead.queue_id == lead.stage.role_id):
        raise Nothing
    assign(actor=actor, at=at, lead_id=pk, member_id=member)


def _assign_back(
    actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any], before: State
) -> None:
    assign(actor=actor, at=at, lead_id=pk, member_id=UUID(before["owner"]) if before["owner"] else None)


def _tag_state(actor: Actor, kind: str, pk: UUID, params: Mapping[str, Any]) -> State:
    uses = TagUse.objects.filter(workspace_id=actor.workspace_id, tag_id=params["tag"], **{f"{kind}_id": pk})
    return {"tag": params["tag"], "on": uses.exists()}


def _tag(actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any]) -> None:
    if _tag_state(actor, kind, pk, params)["on"]:
        raise Nothing
    _put(actor, at, kind, pk, params, on=True)


def _untag(actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any]) -> None:
    if not _tag_state(actor, kind, pk, params)["on"]:
        raise Nothing
    _put(actor, at, kind, pk, params, on=False)


def _put(actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any], *, on: bool) -> None:
    tag = Tag.objects.filter(workspace_id=actor.workspace_id, pk=params["tag"]).first()
    if tag is None:
        raise Refused("tag_gone", _("The tag is gone."))
    tag_record(
        actor=actor, at=at, kind=kind, pk=pk, add=[tag.name] if on else [], remove=[] if on else [tag.pk]
    )


def _tag_back(
    actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any], before: State
) -> None:
    _put(actor, at, kind, pk, params, on=before["on"])


def _field_state(actor: Actor, kind: str, pk: UUID, params: Mapping[str, Any]) -> State:
    found = values_of(actor.workspace_id, kind, [pk]).get(pk, [])
    raw = next((one.raw for one in found if one.field.key == params["field"]), [])
    return {"value": [value if isinstance(value, bool) else str(value) for value in raw]}


def _given(values: list[Any]) -> Any:
    return values if len(values) > 1 else (values[0] if values else None)


def _field(actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any]) -> None:
    before = _field_state(actor, kind, pk, params)
    fill_fields(actor=actor, at=at, kind=kind, pk=pk, given={params["field"]: params["value"] or None})
    if _field_state(actor, kind, pk, params) == before:
        raise Nothing


def _field_back(
    actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any], before: State
) -> None:
    fill_fields(actor=actor, at=at, kind=kind, pk=pk, given={params["field"]: _given(before["value"])})


def _stage_state(actor: Actor, kind: str, pk: UUID, params: Mapping[str, Any]) -> State:
    lead = _lead(actor, pk)
    return {"stage": str(lead.stage_id), "state": lead.state}


def _move(actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any]) -> None:
    """To the stage of this key in the version that the lead stands in; gates are asked as for one lead."""
    lead = _lead(actor, pk)
    conveyor, _slash, key = params["stage"].rpartition("/")
    target = Stage.objects.filter(
        workspace_id=actor.workspace_id, conveyor_version_id=lead.conveyor_version_id, key=key,
        conveyor_version__conveyor__code=conveyor,
    ).first()  # fmt: skip
    if target is None:
        raise Refused(
            "other_conveyor", _("It stands on another conveyor, or on a version without this stage.")
        )
    if target.pk == lead.stage_id:
        raise Nothing
    move_lead(actor=actor, at=at, lead_id=pk, to_stage_id=target.pk)


def _move_back(
    actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any], before: State
) -> None:
    if _lead(actor, pk).state != before["state"]:
        raise Refused("won_meanwhile", _("The move won the lead. Open it again by hand, with a reason."))
    move_lead(actor=actor, at=at, lead_id=pk, to_stage_id=UUID(before["stage"]))


def _close(actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any]) -> None:
    lead = _lead(actor, pk)
    conveyor, _slash, code = params["reason"].rpartition("/")
    route = RefusalRoute.objects.filter(
        workspace_id=actor.workspace_id, conveyor_version_id=lead.conveyor_version_id, code=code,
        conveyor_version__conveyor__code=conveyor,
    ).first()  # fmt: skip
    if route is None:
        raise Refused(
            "other_conveyor", _("Its conveyor, or the version it stands on, does not know this reason.")
        )
    refuse(actor=actor, at=at, lead_id=pk, refusal_id=route.pk, note=params["note"])


def _close_back(
    actor: Actor, at: datetime, kind: str, pk: UUID, params: Mapping[str, Any], before: State
) -> None:
    reopen(actor=actor, at=at, lead_id=pk, reason=str(_("taking back an action on many leads")))


DOING: dict[str, Doing] = {
    "assign": Doing(_owner_state, _assign, _assign_back),
    "tag": Doing(_tag_state, _tag, _tag_back),
    "untag": Doing(_tag_state, _untag, _tag_back),
    "field": Doing(_field_state, _field, _field_back),
    "move": Doing(_stage_state, _move, _move_back),
    "close": Doing(_stage_state, _close, _close_back),
}
