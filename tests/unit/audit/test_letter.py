"""The weekly letter: which findings stand in it, who gets it, once a week, and how it is switched off."""

from datetime import timedelta
from decimal import Decimal

import pytest

from konveyer.domain.audit import ports
from konveyer.domain.audit.models import Finding, Run, SentLetter
from konveyer.domain.audit.operations.letters import send_letters, switch_letter
from konveyer.domain.audit.queries.checks import checks
from konveyer.domain.audit.queries.letter import compose
from konveyer.domain.audit.rules.choosing import Candidate, choose, how_far
from konveyer.domain.audit.rules.verdict import Verdict
from konveyer.domain.journal.models import Entry
from konveyer.domain.workspace.models import Frame
from konveyer.kit.refusal import Forbidden
from tests.world import NOON, World

AT = "https://north.example/audit/"


class Tray:
    """Letters that were to go."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str, str]] = []

    def send(self, to: str, subject: str, text: str) -> None:
        self.letters.append((to, subject, text))


@pytest.fixture
def tray() -> object:
    """In place of the post."""
    former = list(ports._plugged)
    tray = Tray()
    ports.plug(tray)
    yield tray
    ports._plugged[:] = former


def one(code: str, verdict: str = "bad", far: str = "1", new: bool = False, money: str = "0") -> Candidate:
    return Candidate(code, Verdict(verdict), Decimal(far), new, Decimal(money))


@pytest.mark.shows("I3.audit")
def test_the_letter_has_the_worst_the_newest_and_the_dearest() -> None:
    found = [
        one("far", far="9"), one("further", far="8"), one("fresh", "weak", "0.1", new=True), one("dear", "weak", "0.1", money="500"),
        one("cheap", "weak", "5", money="10"), one("fine", "good"),
    ]  # fmt: skip
    assert choose(found) == ["far", "fresh", "dear"]
    assert choose(found[:2]) == ["far", "further"]
    assert choose([one("a"), one("b"), one("c"), one("d")]) == ["d", "c", "b"]
    assert choose([one("fine", "good"), one("few", "not_enough_data")]) == []
    assert how_far(Decimal("0.9"), Decimal("0.3")) == 2
    assert how_far(Decimal("0.4"), Decimal(0)) == Decimal("0.4")


def run(world: World, days: int, **verdicts: str) -> None:
    """A run that many days ago, with these verdicts."""
    at = NOON - timedelta(days=days)
    made = Run.objects.create(workspace=world.workspace, asked_at=at, done_at=at)
    for code, verdict in verdicts.items():
        check = checks()[code]
        figures = {"all": 40, "late": 9, "late_share": 0.225, "stake_money": 700_000, "silent": 3, "bare": 2}
        Finding.objects.create(
            workspace=world.workspace, run=made, code=code, rule=check.rule, verdict=verdict, measured=Decimal("0.5"),
            good=check.bounds.good, weak=check.bounds.weak, sample=40, figures=figures,
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.shows("I3.audit")
def test_owner_and_head_get_it_once_a_week_in_their_language(world: World, tray: Tray) -> None:
    assert send_letters(actor=world.system, at=NOON, address=AT) == 0  # nothing was checked yet
    run(world, 7, hot_overdue="good", product_difference="bad")
    run(world, 0, hot_overdue="bad", product_difference="bad", stage_without_result="good")
    world.owner.user.language = "ru"
    world.owner.user.save()
    assert send_letters(actor=world.system, at=NOON, address=AT) == 2
    assert send_letters(actor=world.system, at=NOON + timedelta(days=2), address=AT) == 0
    assert send_letters(actor=world.system, at=NOON + timedelta(days=7), address=AT) == 2
    letters = {to: (subject, text) for to, subject, text in tray.letters[:2]}
    assert set(letters) == {"igor@north.example", "anna@north.example"}
    subject, text = letters["anna@north.example"]
    assert subject == "The audit of Northern Method: what to look at this week"
    assert "Of 40 open hot leads 9 stand longer" in text
    assert "At stake: RUB" in text.replace("₽", "RUB") or "At stake: 700" in text
    assert AT in text
    assert "Stages without a result" not in text
    assert "Проверка компании" in letters["igor@north.example"][0]
    assert SentLetter.objects.filter(workspace=world.workspace).count() == 4


@pytest.mark.django_db
@pytest.mark.shows("I3.audit")
def test_who_switched_it_off_or_does_not_see_all_gets_none(world: World, tray: Tray) -> None:
    run(world, 0, product_difference="bad")
    switch_letter(actor=world.actor("Anna"), at=NOON, off=True)
    switch_letter(actor=world.actor("Anna"), at=NOON, off=True)
    assert Entry.objects.filter(action="letter_off").count() == 1
    Frame.objects.create(workspace=world.workspace, member=world.owner, kind="view", text="own")
    assert send_letters(actor=world.system, at=NOON, address=AT) == 0
    switch_letter(actor=world.actor("Anna"), at=NOON, off=False)
    assert send_letters(actor=world.system, at=NOON, address=AT) == 1
    for name in ("Lev", "Alina"):
        with pytest.raises(Forbidden):
            switch_letter(actor=world.actor(name), at=NOON, off=True)


@pytest.mark.django_db
def test_a_firm_where_all_is_well_gets_no_letter(world: World) -> None:
    run(world, 0, product_difference="good")
    assert compose(world.workspace.pk, "en", AT) is None
