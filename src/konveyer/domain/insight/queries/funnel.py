"""The funnel: one report, its rows with names, and the leads behind every figure."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.insight.queries.facts import TOTAL
from konveyer.domain.insight.queries.names import Name, names
from konveyer.domain.insight.queries.reading import Found, count
from konveyer.domain.insight.rules import rows as rules
from konveyer.domain.insight.rules.question import By, Question
from konveyer.domain.insight.rules.rows import Counts, Row
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid


@dataclass(frozen=True)
class Report:
    """A funnel by one key: its rows in order, and the whole they are parts of."""

    question: Question
    rows: list[Row]
    total: Row


def funnel(question: Question, actor: Actor) -> list[Row]:
    """The rows of a funnel in their order (see docs/figures.md).

    An actor who sees only some members' leads gets the figures of those. Raises Forbidden without the right to
    read figures, Invalid for a conveyor that does not exist.
    """
    actor.require(Right.FUNNEL_READ)
    conveyor = _conveyor(question.conveyor, actor.workspace_id)
    found = count(question, question.by, conveyor, actor)
    known = names(question.by, found, conveyor, actor.workspace_id)
    return rules.rows(question, [_counts(one, known) for one in _with_empty(question, found, known)])


def report(question: Question, actor: Actor) -> Report:
    """The same with the row of the whole."""
    made = funnel(question, actor)
    whole = count(question, TOTAL, _conveyor(question.conveyor, actor.workspace_id), actor)
    sums = whole[0] if whole else Found(None, None, 0, 0, 0, 0, None, None)
    return Report(question, made, rules.total(question, _counts(sums, {})))


def _conveyor(code: str | None, workspace_id: UUID) -> UUID | None:
    if not code:
        return None
    ids = dict(Conveyor.objects.filter(workspace_id=workspace_id).values_list("code", "id"))
    if code not in ids:
        raise Invalid(
            "conveyor_unknown",
            _("There is no conveyor %(code)s. There are: %(codes)s.")
            % {"code": code, "codes": ", ".join(sorted(ids))},
            fields={"conveyor": "unknown"},
        )
    return ids[code]


def _with_empty(
    question: Question, found: list[Found], known: dict[tuple[UUID | None, str | None], Name]
) -> list[Found]:
    """Stages that nobody reached are rows too."""
    if question.by != By.STAGE:
        return found
    there = {(one.conveyor_id, one.key) for one in found}
    return found + [Found(*at, 0, 0, 0, 0, None, None) for at in known if at not in there]


def _counts(found: Found, known: dict[tuple[UUID | None, str | None], Name]) -> Counts:
    name = known.get((found.conveyor_id, found.key)) or Name(found.key, found.key or "")
    return Counts(
        name.key, name.label, found.leads, found.won, found.doubtful, found.from_deals, found.days_median,
        found.days_p90, name.place, name.asked, name.win_point,
    )  # fmt: skip
