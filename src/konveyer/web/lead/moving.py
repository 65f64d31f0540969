"""Moving a lead: at once where nothing is asked, else through the gate dialog, which takes what is missing."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.queries import stages
from konveyer.domain.conveyor.rules.gates import Condition, Missing
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import move_lead
from konveyer.domain.leads.operations.move import GateClosed
from konveyer.domain.leads.queries.moving import Move, lead_in_view, plan_move
from konveyer.domain.leads.queries.rotation import in_turn
from konveyer.domain.staff.rules.outside import OutsideFrame
from konveyer.domain.workspace.models import Member
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid, Stale
from konveyer.web.lead.answers import dialog, done
from konveyer.web.lead.closing import hold_dialog, refuse_dialog
from konveyer.web.lead.conflict import conflict
from konveyer.web.lead.names import name_of
from konveyer.web.work import WorkRequest


@dataclass(frozen=True)
class Ask:
    """A condition that does not hold, as the dialog asks for it."""

    condition: Condition
    why: Missing
    value: str
    error: str


@dataclass(frozen=True)
class Made:
    """A move that was made: what to say, and where to undo it."""

    words: str
    undo: str


def drop(request: WorkRequest, at: datetime) -> HttpResponse | Made:
    """A card was put on a column or a zone, as the board posts it: see step."""
    post = request.POST
    lead_id = id_in(post.get("lead", ""), "lead")
    return step(request, lead_id, post.get("stage", ""), version_in(post.get("version", "")), at)


def step(
    request: WorkRequest, lead_id: UUID, place: str, version: int | None, at: datetime
) -> HttpResponse | Made:
    """Put the lead on a stage, or on "refuse", "hold", "won": made at once, or the dialog that has to come first."""
    lead = lead_in_view(request.actor, lead_id)
    if place == "refuse":
        return refuse_dialog(request, lead)
    if place == "hold":
        return hold_dialog(request, lead, at)
    to = _after_win(lead) if place == "won" else id_in(place, "stage")
    move = plan_move(request.actor, lead_id, to)
    if version is not None and version != lead.version:
        return conflict(request, move, version)
    if move.asks:
        return gate_dialog(request, move, version)
    moved = make(request, move, at, version)
    return Made(moved_words(move, moved), undo_address(move, moved))


def make(request: WorkRequest, move: Move, at: datetime, version: int | None) -> Lead:
    """Move with what the form says."""
    post = request.POST
    return move_lead(
        actor=request.actor,
        at=at,
        lead_id=move.lead.pk,
        to_stage_id=move.target.pk if move.target else None,
        version=version,
        facts=facts_in(request, move),
        override_reason=post.get("override_reason", ""),
        to_member_id=id_in(post["to_member"], "to_member") if post.get("to_member") else None,
        introduction=post.get("introduction", ""),
    )


def answer_gate(request: WorkRequest, lead_id: UUID, at: datetime) -> HttpResponse:
    """The gate dialog came back: move, or ask again for what is still missing."""
    said = request.POST if request.method == "POST" and request.POST.get("to") is not None else request.GET
    to = id_in(said["to"], "stage") if said.get("to") else None
    version = version_in(said.get("version", ""))
    move = plan_move(request.actor, lead_id, to)
    try:
        lead = make(request, move, at, version)
    except GateClosed:
        return gate_dialog(request, move, version, again=True)
    except OutsideFrame as refusal:
        return gate_dialog(request, move, version, again=True, refused=str(refusal))
    except Stale:
        return conflict(request, move, version)
    return done(moved_words(move, lead), undo=undo_address(move, lead))


def _turn(move: Move) -> Member | None:
    """Whom rotation would give the lead now, of those who may receive it."""
    if move.target is None or not move.hands_on or move.backward or move.lead.state != "open":
        return None
    today = now().astimezone(ZoneInfo(move.lead.workspace.timezone)).date()
    found = in_turn(move.lead, move.target.role_id, today)
    return next((one for one in move.receivers if one.pk == found), None)


def gate_dialog(
    request: WorkRequest, move: Move, version: int | None, again: bool = False, refused: str = ""
) -> HttpResponse:
    """What is known with ticks, what is missing as inputs, who receives the lead; 422 when asked again.

    `refused`: why the one chosen cannot take it, or the deal that would be won lies outside a frame.
    """
    given = facts_in(request, move)
    still = plan_move(request.actor, move.lead.pk, move.target.pk if move.target else None, given).missing
    context = {
        "move": move,
        "name": name_of(move.lead),
        "asks": [
            Ask(one, why, given.get(one.fact, ""), _wrong(one, still.get(one)) if again else "")
            for one, why in move.missing.items()
        ],
        "left": len(still),
        "version": version if version is not None else move.lead.version,
        "action": reverse("lead-move", args=[move.lead.pk]),
        "to_member": request.POST.get("to_member", ""),
        "introduction": request.POST.get("introduction", ""),
        "override_reason": request.POST.get("override_reason", ""),
        "receivers": [(one, move.loads[one.pk]) for one in move.receivers],
        "turn": _turn(move),
        "refused": refused,
        "actor_id": request.actor.member_id,
    }
    return dialog(request, "lead/gate.html", context, status=422 if again else 200)


def stage_dialog(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Which stage to move to."""
    lead = lead_in_view(request.actor, lead_id)
    way = stages(lead.workspace_id, lead.conveyor_version_id)
    here = next(stage for stage in way if stage.pk == lead.stage_id)
    context = {"lead": lead, "name": name_of(lead), "stages": way, "here": here}
    return dialog(request, "lead/stages.html", context)


def facts_in(request: WorkRequest, move: Move) -> dict[str, str]:
    """The answers to what the gates on the way ask; nothing else is taken from the form."""
    names = {condition.fact for condition in move.missing}
    return {name: request.POST.get(f"fact-{name}", "").strip()[:500] for name in names}


def undo_address(move: Move, lead: Lead) -> str:
    """Where to post to undo: only a plain step of an open lead that stayed with its owner can be taken back."""
    if (
        move.hands_on
        or lead.state != "open"
        or move.lead.owner_id != lead.owner_id
        or move.lead.state != "open"
    ):
        return ""
    query = urlencode({"to": str(move.here.pk), "version": lead.version})
    return f"{reverse('lead-move', args=[lead.pk])}?{query}"


def moved_words(move: Move, lead: Lead) -> str:
    """What the message says."""
    name = name_of(move.lead)
    if lead.state == "won" and move.lead.state != "won":
        return _("%(lead)s is won.") % {"lead": name}
    if move.target is None:
        return _("%(lead)s is completed.") % {"lead": name}
    if move.hands_on:
        return _("%(lead)s is handed on: %(stage)s.") % {"lead": name, "stage": move.target.name}
    return _("%(lead)s: now %(stage)s.") % {"lead": name, "stage": move.target.name}


def _after_win(lead: Lead) -> UUID | None:
    """The stage behind the win point, None (completed) for a lead that is won already or without delivery."""
    if lead.state == "won":
        return None
    way = stages(lead.workspace_id, lead.conveyor_version_id)
    win = next((at for at, stage in enumerate(way) if stage.win_point), len(way) - 1)
    return way[win + 1].pk if win + 1 < len(way) else None


def _wrong(condition: Condition, why: Missing | None) -> str:
    """What is wrong with an answer, and what to do."""
    if why is None:
        return ""
    return {
        Missing.UNKNOWN: _("This is not known yet."),
        Missing.NEAR: _("Almost the word, but not it. Ask once more, letter by letter."),
        Missing.DIFFERENT: _("This is not the word from the material: it has not been read yet.")
        if condition.kind == "code_word"
        else _("This does not answer the condition yet."),
        Missing.TOO_FEW: _("Too few: at least %(number)s.") % {"number": f"{condition.number or 0:g}"},
        Missing.NOT_A_NUMBER: _("Write a number."),
        Missing.NOT_A_CHOICE: _("Choose one of the answers."),
    }[why]


def version_in(text: str) -> int | None:
    """The version that the screen showed; None when it does not say."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def id_in(text: str, field: str) -> UUID:
    """The id that a form says. Raises Invalid for what is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid(
            "id", _("This is not an identifier. Reload the page."), fields={field: "form"}
        ) from error
