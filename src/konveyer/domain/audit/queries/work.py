"""Days of work as the daily sheet has them: entered, else counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from babel.core import get_global

from konveyer.domain.absence.models import Absence
from konveyer.domain.audit.queries.check import Moment
from konveyer.domain.sheet.models import Quota
from konveyer.domain.sheet.queries.figures import cells, sums
from konveyer.domain.staff.queries.frames import frames_of_many
from konveyer.domain.staff.rules.frames import FrameKind
from konveyer.domain.workspace.models import Member
from konveyer.kit.calendar import WorkCalendar, is_working_day

CALLS = 300  # of one seller: fewer say nothing of his rate


@dataclass(frozen=True)
class Caller:
    """What one member's days come to."""

    name: str
    calls: int
    warm: int

    @property
    def rate(self) -> float:
        """Warm of calls."""
        return self.warm / self.calls


def active(moment: Moment) -> dict[UUID, Member]:
    """Members who work here."""
    if "people" not in moment.kept:
        rows = Member.objects.filter(workspace_id=moment.workspace_id, active=True)
        moment.kept["people"] = {one.pk: one for one in rows}
    people: dict[UUID, Member] = moment.kept["people"]
    return people


def totals(moment: Moment, days: int) -> dict[str, int]:
    """Sums of all members over the days before today, by measure but money."""
    found: dict[str, Decimal] = {}
    for (_member, measure), value in _sums(moment, days).items():
        found[measure] = found.get(measure, Decimal(0)) + value
    return {measure: int(value) for measure, value in found.items() if measure != "received"}


def by_member(moment: Moment, days: int) -> dict[UUID, tuple[int, int]]:
    """(cold calls, warm) of every active member over the days before today."""
    found = _sums(moment, days)
    return {
        pk: (int(found.get((pk, "cold_calls"), 0)), int(found.get((pk, "warm"), 0))) for pk in active(moment)
    }


def callers(moment: Moment, days: int) -> list[Caller]:
    """Members with enough cold calls to speak of a rate."""
    people = active(moment)
    found = _sums(moment, days)
    made = [
        Caller(one.name, int(found.get((pk, "cold_calls"), 0)), int(found.get((pk, "warm"), 0))) for pk, one in people.items()
    ]  # fmt: skip
    return [one for one in made if one.calls >= CALLS]


def _sums(moment: Moment, days: int) -> dict[tuple[UUID, str], Decimal]:
    if ("sums", days) not in moment.kept:
        first, last = moment.today - timedelta(days=days), moment.today - timedelta(days=1)
        moment.kept["sums", days] = sums(moment.workspace_id, list(active(moment)), first, last)
    found: dict[tuple[UUID, str], Decimal] = moment.kept["sums", days]
    return found


def days_of(moment: Moment, days: int) -> dict[tuple[UUID, date, str], int]:
    """(member, day, measure) → count, where an active member did anything, over the days before today."""
    if ("days", days) not in moment.kept:
        first, last = moment.today - timedelta(days=days), moment.today - timedelta(days=1)
        found = cells(moment.workspace_id, list(active(moment)), first, last)
        moment.kept["days", days] = {
            key: int(cell.value) for key, cell in found.items() if cell.value and key[2] != "received"
        }
    counted: dict[tuple[UUID, date, str], int] = moment.kept["days", days]
    return counted


def working_days(moment: Moment, days: int) -> list[date]:
    """Working days of the firm among the days before today."""
    calendar = WorkCalendar(moment.zone, country=get_global("zone_territories").get(moment.zone, ""))
    found = (moment.today - timedelta(days=back) for back in range(1, days + 1))
    return [day for day in found if is_working_day(calendar, day)]


def norms(moment: Moment, people: Iterable[UUID]) -> dict[UUID, int]:
    """Norm of calls of those who have one."""
    found = frames_of_many(moment.workspace_id, people, FrameKind.DAILY_CALLS)
    return {member: int(Decimal(value)) for member, value in found.items() if value is not None}


def expected_to_count(moment: Moment, people: Iterable[UUID]) -> set[UUID]:
    """Those with any norm."""
    quotas = Quota.objects.filter(workspace_id=moment.workspace_id, member_id__in=list(people))
    return set(norms(moment, people)) | set(quotas.values_list("member_id", flat=True))


def away(moment: Moment, days: int) -> list[tuple[UUID, date, date]]:
    """(member, first, last) of absences that reach into these days."""
    rows = Absence.objects.filter(workspace_id=moment.workspace_id).exclude(state="called_off")
    rows = rows.exclude(ends_on__lt=moment.today - timedelta(days=days))
    return [(one.member_id, one.starts_on, one.ends_on or moment.today) for one in rows]
