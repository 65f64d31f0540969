"""The daily sheet: what counts, what is refused, what a file brings."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from konveyer.adapters import tables
from konveyer.adapters.tables.writing import write_xlsx
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import TemperatureChange
from konveyer.domain.sheet.models import DailyCount, Quota
from konveyer.domain.sheet.operations import bring_in, set_quota, write_cells, write_sheet
from konveyer.domain.sheet.operations.bringing import Brought, Reject
from konveyer.domain.sheet.operations.writing import Cell
from konveyer.domain.sheet.queries import quotas
from konveyer.domain.sheet.queries.figures import NOTHING, Figure, cells, sums
from konveyer.domain.sheet.queries.people import seen
from konveyer.domain.sheet.rules.measures import MEASURES, NoFigure, measure_of, read_figure
from konveyer.domain.touches.operations import record_touch
from konveyer.domain.workspace.models import Frame
from konveyer.kit.refusal import Forbidden, Invalid, Stale
from tests.refusals import refused
from tests.unit.leads.test_thread import company, opened
from tests.world import NOON, World

TODAY = date(2026, 11, 24)
D = Decimal


def cell(measure: str, value: int | None, was: int | None = None, day: date = TODAY) -> Cell:
    return Cell(day, measure, None if value is None else D(value), None if was is None else D(was))


def write(world: World, *wanted: Cell, of: str = "Alina", by: str = "Alina") -> int:
    return write_cells(actor=world.actor(by), at=NOON, member_id=world.people[of].pk, wanted=wanted)


def figure(world: World, measure: str, of: str = "Alina") -> Figure:
    who = world.people[of].pk
    return cells(world.workspace.pk, [who], TODAY, TODAY).get((who, TODAY, measure), NOTHING)


@pytest.mark.shows("I3.sheet")
@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("1 234", "cold_calls", D(1234)), ("1\u00a0234", "cold_calls", D(1234)), ("1,234", "cold_calls", D(1234)),
        ("12,5", "received", D("12.50")), ("1 234 567,89 ₽", "received", D("1234567.89")), ("1,234.50", "received", D("1234.50")),
        ("40,0", "talks", D(40)), ("", "talks", None), (" — ", "talks", None), ("0", "talks", D(0)),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_people_write_it(text: str, measure: str, value: Decimal | None) -> None:
    assert read_figure(text, measure) == value


@pytest.mark.shows("I3.sheet", "I2.bad-input")
@pytest.mark.parametrize(
    ("text", "code"),
    [("=1+1", "no_number"), ("forty", "no_number"), ("-3", "negative"), ("1,5", "not_whole"), ("100001", "too_large"), ("1e3", "no_number")],
)  # fmt: skip
def test_what_is_no_figure_is_told(text: str, code: str) -> None:
    with pytest.raises(NoFigure) as caught:
        read_figure(text, "talks")
    assert caught.value.code == code


@pytest.mark.shows("I3.sheet")
def test_headings_of_both_languages_are_known() -> None:
    assert [measure_of(word) for word in ("Тёплые", "теплые", "Cold calls", "КП", "Дата:", "Рост")] == [
        "warm", "warm", "cold_calls", "proposals", "day", None,
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet")
def test_the_sheet_goes_before_the_events_and_never_beside_them(world: World) -> None:
    lead = opened(world, by="Anna", company=company(world, "One"), owner_id=world.people["Alina"].pk)
    for minutes, seconds in ((30, 60), (20, 90)):
        record_touch(
            actor=world.actor("Alina"), at=NOON, channel="call", outcome="talked", seconds=seconds, lead_id=lead.pk,
            happened_at=NOON - timedelta(minutes=minutes),
        )  # fmt: skip
    assert figure(world, "cold_calls") == Figure(None, D(2))
    assert figure(world, "talks") == Figure(None, D(2))
    assert write(world, cell("cold_calls", 40)) == 1
    assert figure(world, "cold_calls") == Figure(D(40), D(2))
    assert (figure(world, "cold_calls").value, figure(world, "cold_calls").apart) == (D(40), D(38))
    who = world.people["Alina"].pk
    assert sums(world.workspace.pk, [who], TODAY, TODAY) == {(who, "cold_calls"): D(40), (who, "talks"): D(2)}
    with refused("sheet_cells"):
        write(world, cell("cold_calls", 1, 40))
    write(world, cell("cold_calls", None, 40))
    assert figure(world, "cold_calls") == Figure(None, D(2))


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet")
def test_a_call_is_warm_when_the_lead_was_warm_at_that_moment(world: World) -> None:
    lead = opened(world, by="Anna", company=company(world, "One"), owner_id=world.people["Alina"].pk)
    TemperatureChange.objects.filter(lead=lead).delete()
    TemperatureChange.objects.create(
        workspace=world.workspace, lead=lead, was="cold", became="warm", at=NOON + timedelta(minutes=25), cause="interest",
        member=world.people["Alina"],
    )  # fmt: skip
    for minutes in (20, 30):
        record_touch(
            actor=world.actor("Alina"), at=NOON + timedelta(hours=1), channel="call", outcome="no_answer", lead_id=lead.pk,
            happened_at=NOON + timedelta(minutes=minutes),
        )  # fmt: skip
    found = {name: figure(world, name).counted for name in ("cold_calls", "warm_calls", "warm", "talks")}
    assert found == {"cold_calls": D(1), "warm_calls": D(1), "warm": D(1), "talks": D(0)}


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet", "I2.stale")
def test_a_stale_cell_is_told_and_nothing_is_written(world: World) -> None:
    write(world, cell("talks", 5))
    write(world, cell("talks", 6, 5), by="Anna")
    with pytest.raises(Stale) as caught:
        write(world, cell("talks", 9, 5), cell("cold_calls", 30))
    assert caught.value.details == {"now": {f"{TODAY}:talks": "6.00"}}
    assert (figure(world, "talks").entered, figure(world, "cold_calls").entered) == (D(6), None)
    entry = Entry.objects.filter(action="sheet_written").latest("at", "pk")
    assert (entry.actor_id, entry.before, entry.after) == (
        world.people["Anna"].pk, {f"{TODAY}:talks": "5"}, {f"{TODAY}:talks": "6"},
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet", "I2.permissions")
def test_who_writes_whose(world: World) -> None:
    with pytest.raises(Forbidden):
        write(world, cell("talks", 5), of="Alina", by="Lev")
    with refused("member_not_found"):
        write(world, cell("talks", 5), of="Marina", by="Alina")
    assert write(world, cell("talks", 5), of="Marina", by="Anna") == 1
    assert [one.name for one in seen(world.actor("Alina"))] == ["Alina"]
    with pytest.raises(Invalid):
        write(world, cell("talks", 5, day=TODAY + timedelta(days=1)))
    set_quota(
        actor=world.actor("Anna"),
        at=NOON,
        member_id=world.people["Alina"].pk,
        measure="talks",
        per_day=60,
    )
    assert Quota.objects.get().per_day == 60
    for measure in ("received", "cold_calls"):  # the norm of calls is a frame, said there once
        with refused("quota"):
            set_quota(
                actor=world.actor("Anna"), at=NOON, member_id=world.people["Alina"].pk, measure=measure, per_day=5
            )  # fmt: skip
    with refused("norms"):
        set_quota(
            actor=world.actor("Alina"), at=NOON, member_id=world.people["Alina"].pk, measure="talks", per_day=1
        )  # fmt: skip
    assert Quota.objects.get().per_day == 60


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet")
def test_a_norm_that_cannot_be_leaves_the_cells_unwritten_too(world: World) -> None:
    with refused("quota"):
        write_sheet(
            actor=world.actor("Anna"), at=NOON, member_id=world.people["Alina"].pk, wanted=[cell("talks", 5)],
            norms={"talks": 10_001},
        )  # fmt: skip
    assert not DailyCount.objects.exists()


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet", "R28")
def test_the_norm_of_calls_is_the_frame(world: World) -> None:
    alina = world.people["Alina"]
    Frame.objects.create(workspace=world.workspace, member=alina, kind="daily_calls", number=60)
    assert quotas.of(world.workspace.pk, alina.pk) == {"cold_calls": 60}


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet")
@pytest.mark.parametrize("change", ["value = -1", "value = 2.5", "measure = 'naps'"])
def test_the_database_refuses_what_is_no_count(world: World, change: str) -> None:
    write(world, cell("talks", 5))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update daily_count set {change}")


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet", "I2.bad-input")
def test_a_file_brings_whole_lines_and_tells_the_others(world: World, tmp_path: Path) -> None:
    path = tmp_path / "days.xlsx"
    lines = [
        ["Alina", TODAY, 80, "1 000,50"], ["Nobody", TODAY, 3, ""], ["Alina", TODAY, 4, ""], ["Pavel", "someday", 4, ""],
        ["Pavel", TODAY, "=cmd|'/c calc'!A1", ""], ["Pavel", TODAY + timedelta(days=1), 1, ""], ["Pavel", TODAY, 55, ""],
    ]  # fmt: skip
    write_xlsx(path, ["Сотрудник", "Дата", "Звонки", "Получено"], lines)
    brought = bring(world, path)
    assert brought == Brought(
        7, 3,
        (Reject(3, "no_member"), Reject(4, "twice"), Reject(5, "no_day"), Reject(6, "no_number", "cold_calls"), Reject(7, "future")),
    )  # fmt: skip
    assert (figure(world, "cold_calls").entered, figure(world, "received").entered) == (D(80), D("1000.50"))
    assert figure(world, "cold_calls", "Pavel").entered == D(55)
    assert bring(world, path).written == 0, "the same file changes nothing"
    assert DailyCount.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet", "I2.bad-input")
def test_a_file_without_a_day_is_refused(world: World, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("name;age\nAlina;30\n")
    with refused("sheet_headings"):
        bring(world, path)


def bring(world: World, path: Path) -> Brought:
    reading = tables.guess(path)
    return bring_in(
        actor=world.actor("Anna"), at=NOON, columns=reading.columns, rows=tables.rows(path, reading)
    )


def test_every_measure_has_a_heading() -> None:
    assert [measure_of(name) for name in MEASURES] == list(MEASURES)
