"""Writing a touch down: channel, outcome, length, note, and the next step that the outcome proposes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.queries.moving import lead_in_view
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.operations import record_touch, tap
from konveyer.domain.touches.rules.counting import OUTCOMES
from konveyer.domain.touches.rules.following import following
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid
from konveyer.web.lead import words
from konveyer.web.lead.answers import dialog, done, say
from konveyer.web.lead.moments import local_input, read_moment, read_seconds
from konveyer.web.lead.names import name_of
from konveyer.web.work import WorkRequest, work

KEYS = "1234567890"


@dataclass(frozen=True)
class Key:
    """An outcome with its key and what it leads to."""

    outcome: str
    name: str
    key: str
    leads_to: str
    chosen: bool


@work(Right.LEADS_WORK)
@require_http_methods(["GET", "POST"])
def touch(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """The dialog, and what it says."""
    at = now()
    lead = lead_in_view(request.actor, lead_id)
    if request.method == "GET":
        return touch_dialog(request, lead, at, request.GET)
    try:
        written = _write(request, lead, at)
    except Invalid as refusal:
        return touch_dialog(request, lead, at, request.POST, refusal)
    said = words.OUTCOMES[written.outcome]
    if written.lead_id is None:
        return done(
            _("%(lead)s: %(outcome)s. It was before this lead came, so it stands with the person.")
            % {"lead": name_of(lead), "outcome": said}
        )
    return done(_("%(lead)s: written down, %(outcome)s.") % {"lead": name_of(lead), "outcome": said})


@work(Right.LEADS_WORK)
@require_GET
def next_step(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """The next step that the chosen outcome proposes: the part of the dialog below the outcomes."""
    lead = lead_in_view(request.actor, lead_id)
    return render(
        request, "lead/touch_next.html", _context(request, lead, now(), request.GET, None, fresh=True)
    )


@work(Right.LEADS_WORK)
@require_POST
def tap_it(request: WorkRequest, lead_id: UUID, point_id: UUID) -> HttpResponse:
    """Somebody tapped a phone, an address, a messenger: the attempt is written, a call asks how it ended."""
    at = now()
    written = tap(actor=request.actor, at=at, point_id=point_id, lead_id=lead_id)
    lead = lead_in_view(request.actor, lead_id)
    if written.channel == "call":
        asked = QueryDict(mutable=True)
        asked.update({"channel": "call", "tapped": str(written.pk), "point": str(point_id)})
        answer = touch_dialog(request, lead, at, asked)
        answer["HX-Trigger"] = '{"leads-changed": ""}'
        return answer
    answer = HttpResponse(status=204)
    say(answer, _("Written down. Say how it went when you know."), **{"leads-changed": ""})
    return answer


def touch_dialog(
    request: WorkRequest, lead: Lead, at: datetime, said: QueryDict, refusal: Invalid | None = None
) -> HttpResponse:
    """The dialog with what was said already; 422 when something is to be mended."""
    context = _context(request, lead, at, said, refusal, fresh=False)
    return dialog(request, "lead/touch.html", context, status=422 if refusal else 200)


def _context(
    request: WorkRequest, lead: Lead, at: datetime, said: QueryDict, refusal: Invalid | None, *, fresh: bool
) -> dict[str, Any]:
    channel = said.get("channel", "call")
    channel = channel if channel in OUTCOMES else "call"
    outcome = said.get("outcome", "")
    if (
        outcome not in OUTCOMES[channel]
    ):  # the channel was changed: what followed from the outcome goes with it
        fresh, outcome = fresh or bool(outcome), ""
    proposal = following(outcome or OUTCOMES[channel][0])
    zone = request.workspace.timezone
    asks = bool(outcome) and proposal.ask
    suggested = "" if asks else local_input(_full(at + proposal.after), zone)
    errors = dict(refusal.fields) if refusal else {}
    return {
        "lead": lead,
        "name": name_of(lead),
        "action": reverse("lead-touch", args=[lead.pk]),
        "said": said,
        "channel": channel,
        "channels": list(words.CHANNELS.items()),
        "direction": said.get("direction", "out"),
        "outcome": outcome,
        "keys": _keys(channel, outcome),
        "asks": asks,
        "next_kind": proposal.kind if fresh or not said.get("next_kind") else said["next_kind"],
        "next_at": suggested if fresh or not said.get("next_at") else said["next_at"],
        "next_title": said.get("next_title", ""),
        "kinds": list(words.TASKS.items()),
        "happened_at": said.get("happened_at") or local_input(at, zone),
        "error": str(refusal) if refusal else "",
        "errors": errors,
        "open": lead.state == "open",
        "tapped": said.get("tapped", ""),
        "point": said.get("point", ""),
    }


def _keys(channel: str, chosen: str) -> list[Key]:
    return [
        Key(outcome, str(words.OUTCOMES[outcome]), KEYS[at] if at < len(KEYS) else "", _leads_to(outcome), outcome == chosen)
        for at, outcome in enumerate(OUTCOMES[channel])
    ]  # fmt: skip


def _leads_to(outcome: str) -> str:
    """What usually follows, in two words: each key tells its consequence."""
    proposal = following(outcome)
    if proposal.ask:
        return _("ask when")
    kind = str(words.FOLLOWING[proposal.kind])
    days = proposal.after // timedelta(days=1)
    if days == 0:
        return _("%(step)s today") % {"step": kind}
    if days == 1:
        return _("%(step)s tomorrow") % {"step": kind}
    return _("%(step)s in %(days)s d") % {"step": kind, "days": days}


def _full(moment: datetime) -> datetime:
    """The next full five minutes: nobody plans for 16:03."""
    late = timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)
    return moment - late + (timedelta(minutes=5) if late else timedelta())


def _write(request: WorkRequest, lead: Lead, at: datetime) -> Touch:
    post, zone = request.POST, request.workspace.timezone
    if not post.get("outcome"):
        raise Invalid("outcome", _("Choose how it ended."), fields={"outcome": "empty"})
    happened = read_moment(post.get("happened_at", ""), zone, "happened_at")
    typed_now = happened is not None and abs(happened - at.astimezone(ZoneInfo(zone))) < timedelta(minutes=1)
    keep = post.get("next") == "keep"
    return record_touch(
        actor=request.actor,
        at=at,
        lead_id=lead.pk,
        channel=post.get("channel", ""),
        direction=post.get("direction", "out"),
        outcome=post.get("outcome", ""),
        happened_at=None if typed_now else happened,
        seconds=read_seconds(post.get("length", "")),
        note=post.get("note", "")[:5000],
        next_kind=post.get("next_kind") or None,
        next_at=None if keep else read_moment(post.get("next_at", ""), zone, "next_at"),
        next_title=post.get("next_title", ""),
        tapped_id=_maybe_uuid(post.get("tapped", "")),
        point_id=_maybe_uuid(post.get("point", "")),
    )


def _maybe_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
