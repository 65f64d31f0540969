"""Leads as imported history leaves them: set down as they are, with passes and deals, without operations."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from konveyer.domain.conveyor.models import Conveyor, Stage
from konveyer.domain.deals.models import Deal
from konveyer.domain.leads.models import EntryPage, Lead, Origin, StagePass
from tests.world import World

MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass
class Garden:
    """Plants leads in the home workspace, which must be entered."""

    world: World
    origins: dict[str, Origin] = field(default_factory=dict)
    pages: dict[str, EntryPage] = field(default_factory=dict)
    ways: dict[str, list[Stage]] = field(default_factory=dict)

    def stages(self, code: str = "new_clients") -> list[Stage]:
        if code not in self.ways:
            rows = Stage.objects.filter(conveyor_version__conveyor__code=code)
            self.ways[code] = list(rows.select_related("role", "conveyor_version").order_by("position"))
        return self.ways[code]

    def lead(
        self,
        arrived: date | datetime,
        won: date | None = None,
        *,
        origin: str | None = None,
        page: str | None = None,
        telemarketer: str | None = None,
        closer: str | None = None,
        owner: str | None = None,
        from_deals: bool = False,
        conveyor: str = "new_clients",
        reached: int = 1,
        step: timedelta = timedelta(hours=1),
    ) -> Lead:
        """A lead that came to the first `reached` stages, one `step` apart; a won one went past the win point."""
        at = arrived if isinstance(arrived, datetime) else datetime.combine(arrived, time(12), MOSCOW)
        way = self.stages(conveyor)
        if won:
            reached = next(place for place, stage in enumerate(way, 1) if stage.win_point) + 1
        here = way[reached - 1]
        won_at = datetime.combine(won, time(12), MOSCOW) if won else None
        people = self.world.people
        lead = Lead.objects.create(
            workspace=self.world.workspace,
            conveyor_id=here.conveyor_version.conveyor_id,
            conveyor_version=here.conveyor_version,
            stage=here,
            state="won" if won else "open",
            title_key="",
            currency="RUB",
            owner=people[owner] if owner else None,
            queue=None if won else here.role,
            telemarketer=people[telemarketer] if telemarketer else None,
            closer=people[closer] if closer else None,
            credit_from_deals=from_deals,
            origin=self._row(self.origins, Origin, origin),
            page=self._row(self.pages, EntryPage, page),
            arrived_at=at,
            arrived_on=at.astimezone(MOSCOW).date(),
            entered_stage_at=at,
            won_at=won_at,
            won_on=won,
            history=True,
        )
        self._passes(lead, way[:reached], at, step)
        if won_at:
            Deal.objects.create(
                workspace=self.world.workspace, lead=lead, currency="RUB", status="won", status_at=won_at, history=True
            )  # fmt: skip
        return lead

    def _passes(self, lead: Lead, way: list[Stage], at: datetime, step: timedelta) -> None:
        StagePass.objects.bulk_create(
            StagePass(
                workspace=self.world.workspace, lead=lead, stage=stage, entered_at=at + number * step,
                left_at=None if stage is way[-1] else at + (number + 1) * step,
                outcome="" if stage is way[-1] else "skipped",
            )
            for number, stage in enumerate(way)
        )  # fmt: skip

    def _row(self, known: dict[str, Any], table: Any, key: str | None) -> Any:
        if key is None:
            return None
        if key not in known:
            known[key] = table.objects.create(workspace=self.world.workspace, key=key, name=key.title())
        return known[key]

    def conveyor(self, code: str) -> UUID:
        return Conveyor.objects.get(code=code).pk


def day(text: str, year: int = 2026) -> date:
    """ "03-09" of 2026."""
    return date.fromisoformat(f"{year}-{text}")


def planted(world: World) -> Garden:
    """A garden with the example in it."""
    garden = Garden(world)
    example(garden)
    return garden


def example(garden: Garden) -> dict[int, Lead]:
    """The nine leads of docs/figures.md."""
    return {
        1: garden.lead(day("03-02"), day("03-12"), origin="fair", telemarketer="Alina"),
        2: garden.lead(day("03-05"), origin="fair", telemarketer="Alina"),
        3: garden.lead(day("03-09"), day("03-09"), origin="fair", telemarketer="Pavel"),
        4: garden.lead(datetime(2026, 3, 31, 20, 30, tzinfo=UTC), origin="fair"),
        5: garden.lead(
            datetime(2026, 3, 31, 21, 30, tzinfo=UTC), day("05-03"), origin="search", telemarketer="Pavel"
        ),
        6: garden.lead(day("04-08"), day("04-01"), origin="search"),
        7: garden.lead(day("04-20"), origin="search"),
        8: garden.lead(day("04-22"), day("05-02"), telemarketer="Alina"),
        9: garden.lead(day("05-04"), origin="unknown"),
    }
