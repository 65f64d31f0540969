"""The rules of rotation of a conveyor: who gets the leads that nobody was named for."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.leads.operations import remove_rule, save_rule
from konveyer.domain.leads.operations.rotation import Wanted
from konveyer.domain.leads.queries.rotation import Turn, rules_of
from konveyer.domain.leads.rules.rotation import Segment
from konveyer.domain.staff.queries.find import find
from konveyer.domain.staff.queries.roster import roles
from konveyer.domain.workspace.queries import members
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import NotFound
from konveyer.web.conveyors.drafted import show
from konveyer.web.conveyors.rotating import RuleForm
from konveyer.web.setup.answer import attempt, done
from konveyer.web.work import WorkRequest, work

LISTS = ("origins", "levels", "cities", "industries")
COMING = {None: "", True: "yes", False: "no"}


@work(Right.CONVEYOR_EDIT)
def rule(request: WorkRequest, conveyor_id: UUID, rule_id: UUID | None = None) -> HttpResponse:
    """A new rule, or one to change."""
    row = find(Conveyor, request.actor.workspace_id, conveyor_id)
    turn = _turn(row, rule_id) if rule_id else None
    people = members(row.workspace_id)
    form = RuleForm(
        request.POST or None, initial=_initial(turn), roles=roles(row.workspace_id), people=people, workspace_id=row.workspace_id
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        tried = attempt(
            form,
            lambda version, **values: save_rule(
                actor=request.actor, at=clock.now(), conveyor_id=row.pk, wanted=_wanted(values), rule_id=rule_id, version=version
            ),
        )  # fmt: skip
        if tried.done:
            return done(request, gettext_lazy("Saved."), "setup-conveyor", row.pk)
        status = tried.status
    context = {
        "form": form, "conveyor": row, "rule": turn.rule if turn else None,
        "title": turn.rule.name if turn else _("New rule of rotation"),
    }  # fmt: skip
    return show(request, "rotation", context, status)


@require_POST
@work(Right.CONVEYOR_EDIT)
def remove(request: WorkRequest, conveyor_id: UUID, rule_id: UUID) -> HttpResponse:
    """Its leads go by the next rule, else into the queue."""
    remove_rule(actor=request.actor, at=clock.now(), conveyor_id=conveyor_id, rule_id=rule_id)
    return done(request, gettext_lazy("The rule is removed."), "setup-conveyor", conveyor_id)


def _turn(row: Conveyor, rule_id: UUID) -> Turn:
    found = next((one for one in rules_of(row.workspace_id, row.pk) if one.rule.pk == rule_id), None)
    if found is None:
        raise NotFound("rotation_not_found", _("There is no such rule of rotation."))
    return found


def _initial(turn: Turn | None) -> dict[str, Any]:
    if turn is None:
        return {"how": "order", "position": 1, "version": 0}
    one = turn.segment
    return {
        "name": turn.rule.name, "role": turn.rule.role_id, "how": turn.rule.how, "position": turn.rule.position,
        "members": [str(place) for place in turn.places], "version": turn.rule.version, "incoming": COMING[one.incoming],
        "amount": one.amount, "origins": list(one.origins), "levels": list(one.levels),
        "cities": "\n".join(one.cities), "industries": "\n".join(one.industries),
    }  # fmt: skip


def _wanted(values: dict[str, Any]) -> Wanted:
    segment = Segment(
        tuple(values["origins"]), tuple(values["levels"]), _lines(values["cities"]), _lines(values["industries"]),
        values["amount"], {"yes": True, "no": False}.get(values["incoming"]),
    )  # fmt: skip
    members_ = [UUID(one) for one in values["members"]]
    return Wanted(
        UUID(values["role"]), values["name"], values["how"], values["position"] or 1, segment, members_
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip()[:120] for line in text.splitlines() if line.strip())[:100]
