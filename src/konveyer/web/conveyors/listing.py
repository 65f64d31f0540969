"""The conveyors there are, one as it stands, and a new one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from konveyer.domain.conveyor import operations
from konveyer.domain.conveyor.models import Conveyor, StageMap, Version
from konveyer.domain.conveyor.queries import live_version
from konveyer.domain.conveyor.queries.criteria import criteria_of
from konveyer.domain.conveyor.queries.drawn import all_conveyors, draft_of, drawn
from konveyer.domain.leads.queries.mapping import inside
from konveyer.domain.leads.queries.rotation import Turn, rules_of
from konveyer.domain.staff.queries.find import find
from konveyer.domain.staff.queries.roster import roles
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.conveyors.drafted import HERE, show
from konveyer.web.conveyors.forms import NewForm
from konveyer.web.conveyors.rotating import HOW
from konveyer.web.conveyors.words import DESTINATIONS, STATES
from konveyer.web.setup.answer import attempt, done
from konveyer.web.work import WorkRequest, work


def rotation_lines(workspace_id: UUID, conveyor_id: UUID) -> list[tuple[Turn, Any, list[str]]]:
    """The rules of rotation, each with its way in words and the names in its order."""
    turns = rules_of(workspace_id, conveyor_id)
    names = dict(
        Member.objects.filter(
            workspace_id=workspace_id, pk__in={one for turn in turns for one in turn.places}
        ).values_list("pk", "name")
    )
    return [(turn, HOW[turn.rule.how], [names[one] for one in turn.places if one in names]) for turn in turns]


@work(Right.CONVEYOR_EDIT)
def conveyors(request: WorkRequest) -> HttpResponse:
    """Those that take leads first."""
    rows = [
        (row, live, draft, *STATES["live" if row.active else "retired" if live else "draft"])
        for row, live, draft in all_conveyors(request.actor.workspace_id)
    ]
    return show(request, "conveyors", {"rows": rows})


@work(Right.CONVEYOR_EDIT)
def new(request: WorkRequest) -> HttpResponse:
    """From a preset in the workspace's language, or empty."""
    form = NewForm(request.POST or None)
    status = 200
    if request.method == "POST":
        tried = attempt(
            form,
            lambda **values: operations.begin(
                actor=request.actor, at=clock.now(), language=request.workspace.language, **values
            ),
        )
        if tried.done:
            return done(request, gettext_lazy("Drawn as a draft."), "setup-draft", tried.result.conveyor_id)
        status = tried.status
    return show(request, "new", {"form": form, "title": _("New conveyor")}, status)


@work(Right.CONVEYOR_EDIT)
def conveyor(request: WorkRequest, conveyor_id: UUID) -> HttpResponse:
    """The live version, what stands inside each, and what became of leads when a version came."""
    workspace_id = request.actor.workspace_id
    row = find(Conveyor, workspace_id, conveyor_id)
    live = live_version(workspace_id, row.pk)
    names = {role.code: role.name for role in roles(workspace_id)}
    held: dict[int, int] = {}
    for one in inside(workspace_id, row.pk):
        held[one.number] = held.get(one.number, 0) + one.leads
    versions = Version.objects.filter(workspace_id=workspace_id, conveyor=row).exclude(state="draft")
    maps = StageMap.objects.filter(workspace_id=workspace_id, version__conveyor=row)
    plan = drawn(live) if live else None
    context = {
        "title": row.name, "conveyor": row, "live": live, "draft": draft_of(workspace_id, row.pk), "plan": plan,
        "stages": [(stage, names.get(stage.role, stage.role)) for stage in plan.stages] if plan else [],
        "refusals": [(route, DESTINATIONS[route.destination]) for route in plan.refusals] if plan else [],
        "versions": [(one, held.get(one.number, 0)) for one in versions.order_by("-number")],
        "maps": maps.select_related("from_stage__conveyor_version", "to_stage", "version").order_by(
            "-version__number", "-from_stage__conveyor_version__number", "from_stage__position"
        )[:60],
        "criteria": criteria_of(workspace_id, row.pk), "back": HERE, "rotation": rotation_lines(workspace_id, row.pk),
    }  # fmt: skip
    return show(request, "conveyor", context)
