"""One lead with everything that its card shows from this package and below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.conveyor.queries import gates, stages
from konveyer.domain.conveyor.rules.gates import Condition, Missing, missing
from konveyer.domain.leads.models import Handoff, Lead, LeadFact, StagePass, Task
from konveyer.domain.people.models import Employment, PointUse
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.plans import joined_as_written, present
from konveyer.kit.refusal import NotFound
from konveyer.kit.rows import only

GIVEN, GOT = "given:", "got:"  # facts of the exchange, by the key of the stage
OWN_FIELD = "field."  # facts that mirror fields of the workspace's own, which have a place of their own

# What nearly every lead points at is joined, the rest is read where it points at something.
_WITH = (
    "stage__role", "conveyor", "owner", "telemarketer", "closer", "company", "contact", "origin", "page", "next_task__member",
)  # fmt: skip
_SELDOM = ("queue", "product", "refusal", "parent", "recommender")

_BESIDE = {
    "handoffs": "select from handoff where workspace_id = %(workspace)s and lead_id = %(lead)s",
    "verdicts": "select from qualification where workspace_id = %(workspace)s and lead_id = %(lead)s",
    "relatives": """
        select from lead where workspace_id = %(workspace)s and id <> %(lead)s
           and (parent_id = %(lead)s or id = %(parent)s or company_id = %(company)s or contact_id = %(contact)s)
    """,
}


@dataclass(frozen=True)
class Line:
    """A stage on the lead's way: how far it is, and both hands of its exchange.

    `state`: done, now, skipped, next, lost, hold. `given_at`, `got_at` are None while the hand is empty.
    """

    stage: Stage
    state: str
    entered_at: datetime | None
    given_at: datetime | None
    got_at: datetime | None
    override: str
    overridden_by: str


@dataclass(frozen=True)
class Known:
    """A fact with the words of the gate that asks for it."""

    label: str
    fact: LeadFact


@dataclass(frozen=True)
class LeadCard:
    """The card. `gate` are the conditions of the present stage, each with its fact and why it does not hold yet. `judged`:
    somebody has given a verdict on the lead."""

    lead: Lead
    facts: dict[str, str]
    lines: list[Line]
    gate: list[tuple[Condition, LeadFact | None, Missing | None]]
    known: list[Known]
    handoff: Handoff | None
    handoffs: list[Handoff]
    tasks: list[Task]
    points: list[PointUse]
    employment: Employment | None
    relatives: list[Lead]
    judged: bool

    @property
    def ready(self) -> int:
        """How many conditions of the present gate hold."""
        return sum(1 for _condition, _fact, why in self.gate if why is None)

    @property
    def next_stage(self) -> Stage | None:
        """The stage behind the present one."""
        later = [line.stage for line in self.lines if line.stage.position > self.lead.stage.position]
        return later[0] if later else None


def lead_card(actor: Actor, lead_id: UUID) -> LeadCard:
    """The card of a lead in view; eleven queries at most. Raises NotFound."""
    workspace = actor.workspace_id
    with joined_as_written():
        lead = only(Lead.objects.filter(workspace_id=workspace, pk=lead_id).select_related(*_WITH))
    if lead is None or not (
        lead.owner_id is None or actor.sees(lead.owner_id, lead.telemarketer_id, lead.closer_id)
    ):
        raise NotFound("lead_not_found", _("There is no such lead, or it is not in your view."))
    prefetch_related_objects([lead], *(name for name in _SELDOM if getattr(lead, f"{name}_id")))
    way = stages(workspace, lead.conveyor_version_id)
    passes = StagePass.objects.filter(workspace_id=workspace, lead=lead).select_related("overridden_by")
    facts = {
        fact.kind: fact
        for fact in LeadFact.objects.filter(workspace_id=workspace, lead=lead).select_related("member")
    }
    conditions = gates(workspace, [stage.pk for stage in way])
    lacking = missing(conditions, {kind: fact.value for kind, fact in facts.items()})
    beside = present(
        _BESIDE,
        {
            "workspace": workspace, "lead": lead.pk, "parent": lead.parent_id, "company": lead.company_id,
            "contact": None if lead.company_id else lead.contact_id,
        },
    )  # fmt: skip
    handoffs = _handoffs(lead) if "handoffs" in beside else []
    return LeadCard(
        lead=lead,
        facts={kind: fact.value for kind, fact in facts.items()},
        lines=_lines(lead, way, list(passes.order_by("entered_at")), conditions, lacking, facts),
        gate=[
            (one, facts.get(one.fact), lacking.get(one))
            for one in conditions
            if one.stage == str(lead.stage_id)
        ],
        known=_known(conditions, facts.values(), lead),
        handoff=next((one for one in handoffs if one.state == "sent"), None),
        handoffs=handoffs,
        tasks=list(
            Task.objects.filter(
                workspace_id=workspace, lead=lead, done_at__isnull=True, cancelled_at__isnull=True
            )
            .select_related("member")
            .order_by("due_at")[:20]
        ),
        points=_points(lead),
        employment=_employment(lead),
        relatives=_relatives(lead) if "relatives" in beside else [],
        judged="verdicts" in beside,
    )


def _lines(
    lead: Lead,
    way: list[Stage],
    passes: list[StagePass],
    conditions: list[Condition],
    lacking: dict[Condition, Missing],
    facts: dict[str, LeadFact],
) -> list[Line]:
    of_stage: dict[UUID, list[StagePass]] = {}
    for one in passes:
        of_stage.setdefault(one.stage_id, []).append(one)
    lines = []
    for stage in way:
        mine = of_stage.get(stage.pk, [])
        state = _state(lead, stage, mine)
        passed = next((one for one in reversed(mine) if one.outcome == "passed"), None)
        left = passed.left_at if passed and state == "done" else None
        asked = [one for one in conditions if one.stage == str(stage.pk)]
        answered = [facts[one.fact].at for one in asked if one not in lacking]
        complete = max(answered) if answered and len(answered) == len(asked) else None
        over = next((one for one in reversed(mine) if one.override_reason), None)
        lines.append(
            Line(
                stage=stage,
                state=state,
                entered_at=mine[-1].entered_at if mine else None,
                given_at=_at(facts, GIVEN + stage.key) or left,
                got_at=_at(facts, GOT + stage.key) or left or complete,
                override=over.override_reason if over else "",
                overridden_by=over.overridden_by.name if over and over.overridden_by else "",
            )
        )
    return lines


def _state(lead: Lead, stage: Stage, passes: list[StagePass]) -> str:
    if stage.pk == lead.stage_id:
        if lead.closed_at is not None:
            return "lost" if lead.state == "lost" else "done"
        return "hold" if lead.state == "on_hold" else "now"
    if stage.position > lead.stage.position:
        return "next"
    return "done" if any(one.outcome == "passed" for one in passes) else "skipped"


def _at(facts: dict[str, LeadFact], kind: str) -> datetime | None:
    return facts[kind].at if kind in facts else None


def _known(conditions: list[Condition], facts: Iterable[LeadFact], lead: Lead) -> list[Known]:
    """Facts beyond the present gate, newest first."""
    labels = {one.fact: one.label for one in conditions}
    present = {one.fact for one in conditions if one.stage == str(lead.stage_id)}
    shown = [
        Known(labels.get(fact.kind, fact.kind), fact)
        for fact in facts
        if fact.kind not in present and not fact.kind.startswith((GIVEN, GOT, OWN_FIELD))
    ]
    return sorted(shown, key=lambda one: one.fact.at, reverse=True)


def _points(lead: Lead) -> list[PointUse]:
    """Phones and addresses of the person, then of the company."""
    if lead.contact_id is None and lead.company_id is None:
        return []
    mine = Q(contact_id=lead.contact_id) if lead.contact_id else Q(pk=None)
    theirs = Q(company_id=lead.company_id) if lead.company_id else Q(pk=None)
    rows = PointUse.objects.filter(mine | theirs, workspace_id=lead.workspace_id).select_related("point")
    return sorted(rows, key=lambda use: (use.contact_id is None, use.position))


def _employment(lead: Lead) -> Employment | None:
    if lead.contact_id is None:
        return None
    rows = Employment.objects.filter(
        workspace_id=lead.workspace_id, contact_id=lead.contact_id, ended_on__isnull=True
    )
    if lead.company_id:
        rows = rows.filter(company_id=lead.company_id)
    return rows.first()


def _handoffs(lead: Lead) -> list[Handoff]:
    rows = Handoff.objects.filter(workspace_id=lead.workspace_id, lead=lead)
    of = ("from_member", "to_member", "to_role", "from_stage", "to_stage")
    return list(rows.select_related(*of).order_by("-sent_at")[:20])


def _relatives(lead: Lead) -> list[Lead]:
    """Other leads of the same client: the one it follows, those that follow, those beside it. Newest first, ten."""
    near = Q(parent=lead)
    if lead.parent_id:
        near |= Q(pk=lead.parent_id)
    if lead.company_id:
        near |= Q(company_id=lead.company_id)
    elif lead.contact_id:
        near |= Q(contact_id=lead.contact_id)
    rows = Lead.objects.filter(near, workspace_id=lead.workspace_id).exclude(pk=lead.pk)
    return list(rows.select_related("stage", "conveyor", "owner").order_by("-arrived_at", "-id")[:10])
