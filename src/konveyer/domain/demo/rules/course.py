"""The course of one lead: what happened to it, day by day, until today.

Probabilities are set so that the firm lies inside the method's figures: of 1 000 calls about 50 become warm
(R21), of these 40 % meet, of meetings 56 % get a proposal, of proposals a quarter pays.
"""

import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

TELEMARKETERS = ("telemarketer", "olga", "pavel", "roza")
CLOSERS = ("closer", "timur")
# How good they are against the team's rate of talk → warm; Pavel is new.
SKILL = {"telemarketer": 1.25, "olga": 0.9, "pavel": 0.45, "roza": 1.05, "closer": 1.1, "timur": 0.85}


@dataclass
class Pass:
    stage: str
    owner: str | None
    entered: datetime
    left: datetime | None = None
    outcome: str = ""
    since: datetime | None = None  # woken up: the deadline counts from here


@dataclass
class Contacted:
    channel: str
    direction: str
    outcome: str
    at: datetime
    by: str
    seconds: int | None = None
    note: int | None = None


@dataclass
class Given:
    """A handoff: from whom, to whom, when, when settled (None: not yet), and why it came back ("": it did not)."""

    giver: str
    taker: str
    sent: datetime
    settled: datetime | None = None
    returned: str = ""


@dataclass
class Course:
    """Everything about one lead; times are instants in UTC."""

    conveyor: str
    origin: str
    page: str | None
    incoming: bool
    arrived: datetime
    telemarketer: str
    closer: str | None = None
    passes: list[Pass] = field(default_factory=list)
    touches: list[Contacted] = field(default_factory=list)
    facts: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    temperatures: list[tuple[str, datetime, str]] = field(default_factory=list)
    handoffs: list[Given] = field(default_factory=list)
    state: str = "open"
    refusal: str | None = None
    closed: datetime | None = None
    won: datetime | None = None
    wake: datetime | None = None
    amount: Decimal | None = None
    product: int = 2
    deal_at: datetime | None = None
    payments: list[tuple[datetime, Decimal]] = field(default_factory=list)
    task: tuple[str, str, datetime, str] | None = None  # kind, stage whose result it gets, due, who
    queue: str | None = None


class Today(Exception):
    """The story reached today: what would come next is a task."""


class Teller:
    """Tells one course from a seed."""

    def __init__(
        self, draw: Random, start: datetime, until: datetime, zone: str, prices: list[Decimal]
    ) -> None:
        self.draw, self.until, self.zone, self.prices, self.now = draw, until, ZoneInfo(zone), prices, start
        self.aside = Random(start.isoformat())  # noqa: S311 - what it decides leaves the main course as it was

    def tell(self) -> Course:
        """The whole course up to today."""
        incoming = self.draw.random() < 0.15
        origin = self.draw.choice(("context", "site", "webinar", "recommendation")) if incoming else (
            "cold_call" if self.draw.random() < 0.86 else "fair"
        )  # fmt: skip
        page = (
            self.draw.choice(("kniga", "vebinar", "raschet"))
            if incoming and origin != "recommendation"
            else None
        )
        self.course = course = Course(
            "inbound" if incoming else "new_clients",
            origin,
            page,
            incoming,
            self.now,
            self.draw.choice(TELEMARKETERS),
        )
        with contextlib.suppress(Today):
            self._inbound() if incoming else self._cold()
        if course.state == "open" and course.task is None and course.queue is None:
            raise AssertionError("an open lead needs a next step")
        return course

    # moments -----------------------------------------------------------------------------------------------

    def _wait(self, low: float, high: float, kind: str = "call") -> datetime:
        """Go on by so many days, into working hours; past today the story stops and leaves a task."""
        moment = self.now + timedelta(days=self.draw.uniform(low, high))
        moment = self._working(moment)
        if moment > self.until:
            late = self.draw.random() < 0.12
            due = self.until - timedelta(hours=self.draw.randrange(2, 30)) if late else moment
            here = self.course.passes[-1]
            self.course.task = (kind, here.stage, due, here.owner or self.course.telemarketer)
            raise Today
        self.now = moment
        return moment

    def _working(self, moment: datetime) -> datetime:
        local = moment.astimezone(self.zone)
        minutes = self.draw.randrange(9 * 60 + 10, 17 * 60 + 50)
        if local.weekday() >= 5 or local.time() < time(9) or local.time() >= time(18):
            while local.weekday() >= 5 or local.time() >= time(18):
                local = (local + timedelta(days=1)).replace(hour=0, minute=0)
            local = local.replace(hour=minutes // 60, minute=minutes % 60)
        return local.astimezone(UTC)

    # steps -------------------------------------------------------------------------------------------------

    def _enter(self, stage: str, owner: str | None) -> None:
        if self.course.passes and self.course.passes[-1].left is None:
            self.course.passes[-1].left, self.course.passes[-1].outcome = self.now, "passed"
        self.course.passes.append(Pass(stage, owner, self.now))

    def _touch(
        self, channel: str, outcome: str, by: str, seconds: int | None = None, direction: str = "out"
    ) -> None:
        note = self.draw.randrange(5) if self.draw.random() < 0.2 else None
        self.course.touches.append(Contacted(channel, direction, outcome, self.now, by, seconds, note))

    def _warm(self, became: str, cause: str) -> None:
        self.course.temperatures.append((became, self.now, cause))

    def _know(self, **facts: str) -> None:
        for kind, value in facts.items():
            self.course.facts[kind] = (value, self.now)

    def _lose(self, codes: tuple[str, ...]) -> None:
        here = self.course.passes[-1]
        here.left, here.outcome = self.now, "refused"
        self.course.state, self.course.refusal, self.course.closed = "lost", self.draw.choice(codes), self.now

    def _rest(self, code: str, days: int) -> None:
        """Rest; a rest that ended before today is followed by a last call that closes the matter."""
        wake = self.now + timedelta(days=days)
        if wake > self.until:
            self.course.state, self.course.refusal, self.course.wake = "on_hold", code, wake
            return
        self.now = self.course.passes[-1].since = wake
        self._wait(0.1, 2)
        self._touch("call", "refusal", self.course.passes[-1].owner or self.course.telemarketer, 70)
        self._lose(("no_need", "no_need"))

    def _call(self, by: str, talk: float) -> bool:
        """One dialled call; True when it became a talk (the caller writes the outcome)."""
        if self.draw.random() < talk:
            return True
        outcome = self.draw.choices(("no_answer", "gatekeeper", "busy", "wrong_number"), (66, 20, 11, 3))[0]
        self._touch("call", outcome, by, self.draw.randrange(5, 19) if outcome == "gatekeeper" else 0)
        return False

    # the two ways ------------------------------------------------------------------------------------------

    def _cold(self) -> None:
        caller = self.course.telemarketer
        self._enter("lead_generation", None)
        self.course.queue = "marketer"
        try:
            self._wait(0.2, 2.5)
        except Today:
            self.course.task = None
            raise
        self.course.queue = None
        self._know(questionnaire="yes")
        self._enter("first_contact", caller)
        if not self._first_contact(caller):
            return
        self._enter("second_contact", caller)
        if self._second_contact(caller):
            self._sell(caller)

    def _first_contact(self, caller: str) -> bool:
        for _attempt in range(6):
            self._wait(0.2, 1.6)
            if not self._call(caller, 0.31):
                continue
            warm = 0.22 * SKILL[caller]
            result = self.draw.choices(
                ("interest", "later", "refusal", "talked"), (warm, 0.18, 0.38, 0.44 - warm)
            )[0]
            self._touch("call", result, caller, self.draw.randrange(25, 420))
            if result == "interest":
                self._warm("warm", "interest")
                self._touch("mail", "sent", caller)
                self._wait(0.8, 3)
                self._know(
                    minutes_watched=str(self.draw.randrange(24, 39)), pain=f"#{self.draw.randrange(6)}"
                )
                return True
            if result == "later":
                self._rest("later", self.draw.choice((60, 90)))
                return False
            if result == "refusal":  # one talk is no ground to call a lead lost: it was none
                self._lose(("no_need", "no_need", "wrong_contact"))
                return False
        self._rest("unreachable", 30)
        return False

    def _second_contact(self, caller: str) -> bool:
        for attempt in range(3):
            self._wait(0.8, 3.5)
            if not self._call(caller, 0.75):
                continue
            odds = self.draw.random()
            if odds < 0.38 * SKILL[caller] ** 0.5:
                self._touch("call", "agreed", caller, self.draw.randrange(120, 640))
                self._warm("hot", "agreed")
                self._know(
                    decision_maker=f"#{self.draw.randrange(4)}",
                    decision_time=f"#{self.draw.randrange(4)}",
                    code_word="#word",
                )
                return True
            self._touch("call", "later" if odds < 0.55 else "refusal", caller, self.draw.randrange(40, 300))
            if odds >= 0.55 or attempt == 2:
                self._lose(("no_need", "wrong_contact", "no_need"))
                return False
        self._rest("later", 90)
        return False

    def _sell(self, caller: str) -> None:
        closer = self.course.closer = self.draw.choice(CLOSERS)
        agreed = self.now
        if self.aside.random() < 0.15 and agreed + timedelta(hours=24) < self.until:
            self._come_back(caller, closer)
        self._enter("meeting", closer)
        sent = self.now
        if sent + timedelta(hours=20) > self.until:
            self.course.handoffs.append(Given(caller, closer, sent))
            self.course.task = ("meeting", "meeting", self._working(self.until + timedelta(days=3)), closer)
            raise Today
        self.course.handoffs.append(
            Given(caller, closer, sent, sent + timedelta(minutes=self.draw.randrange(4, 55)))
        )
        self.now = agreed  # the meeting is as far off as it was
        self._wait(3, 13, "meeting")
        self._touch("meeting", "held", closer, self.draw.randrange(1200, 4200))
        self._know(meeting_held="yes", need=f"#{self.draw.randrange(4)}")
        if self.draw.random() > 0.56 * SKILL[closer] ** 0.5:
            self._wait(1, 3)
            self._touch("call", "refusal", closer, 140)
            return self._lose(("no_money", "competitor", "no_need"))
        self._wait(0.5, 3, "todo")
        self._enter("proposal", closer)
        self._offer(Decimal(1) if self.draw.random() < 0.8 else Decimal("0.9"))
        self._touch("mail", "sent", closer)
        if not self._decide(closer, 0.21 * SKILL[closer]):
            return self._lose(("no_money", "competitor"))
        self._know(order_confirmed="yes")
        self._enter("contract", closer)
        self._wait(3, 10, "todo")
        self._know(document_signed="yes")
        self._enter("invoice", "logistician")
        self.course.handoffs.append(Given(closer, "logistician", self.now, self.now + timedelta(minutes=20)))
        self._wait(4, 12, "todo")
        return self._win(("project", "performer"), ("development", "account"), "logistician")

    def _come_back(self, caller: str, closer: str) -> None:
        """The closer gives the lead back once; the telemarketer asks what was missing and hands it over anew."""
        self._enter("meeting", closer)
        sent, self.now = self.now, self.now + timedelta(minutes=self.aside.randrange(10, 50))
        why = self.aside.choice(("facts_missing", "facts_missing", "bad_timing", "wrong_person"))
        self.course.handoffs.append(Given(caller, closer, sent, self.now, why))
        self.course.passes[-1].left, self.course.passes[-1].outcome = self.now, "returned"
        self._enter("second_contact", caller)
        self.now += timedelta(minutes=self.aside.randrange(15, 50))
        self._touch("call", "talked", caller, self.aside.randrange(60, 240))

    def _decide(self, closer: str, odds: float) -> bool:
        for _call in range(self.draw.randrange(1, 5)):
            self._wait(3, 9)
            if self._call(closer, 0.6):
                self._touch("call", "talked", closer, self.draw.randrange(60, 500))
        self._wait(3, 10)
        yes = self.draw.random() < odds
        self._touch("call", "agreed" if yes else "refusal", closer, self.draw.randrange(60, 300))
        return yes

    def _offer(self, share: Decimal) -> None:
        self.course.deal_at = self.now
        self.course.amount = (self.prices[self.course.product] * share).quantize(Decimal(1))

    def _win(self, *after: tuple[str, str] | str) -> None:
        """Prepayment of half, then delivery and the rest."""
        amount = self.course.amount or self.prices[self.course.product]
        half = (amount / 2).quantize(Decimal("0.01"))
        self.course.payments.append((self.now, half))
        self._know(invoice_paid="yes")
        self._warm("client", "payment")
        self.course.won, self.course.state = self.now, "won"
        first, *rest = [step for step in after if isinstance(step, tuple)]
        self._enter(*first)
        self._wait(25, 80, "todo")
        self._touch("message", "replied", first[1], direction="in")
        self.course.payments.append((self.now, amount - half))
        self._know(project_accepted="yes")
        for step in rest:
            self._enter(*step)
            self._wait(30, 90)
            self._touch("call", "talked", step[1], 260)
        self.course.passes[-1].left, self.course.passes[-1].outcome = self.now, "passed"
        self.course.closed = self.now

    def _try_again(self, caller: str) -> None:
        """Who was not reached is written to and called again on the same day: three touches in the first 24 hours (S26)."""
        for minutes, channel, outcome in ((20, "message", "sent"), (95, "call", "no_answer")):
            at = self.now + timedelta(minutes=minutes)
            if at < self.until:
                self.course.touches.append(
                    Contacted(channel, "out", outcome, at, caller, 0 if channel == "call" else None)
                )

    def _inbound(self) -> None:
        caller = self.course.telemarketer
        self._enter("inquiry", caller)
        late = self.draw.random() < 0.2
        minutes = self.draw.randrange(35, 300) if late else self.draw.randrange(2, 14)
        if self.now + timedelta(minutes=minutes) > self.until:
            self.course.passes[-1].owner, self.course.queue = None, "telemarketer"
            raise Today
        self.now += timedelta(minutes=minutes)
        if not self._call(caller, 0.7):
            self._try_again(caller)
            self._wait(0.1, 1)
        self._touch("call", "interest", caller, self.draw.randrange(60, 500))
        self._warm("warm", "interest")
        self._know(request=f"#{self.draw.randrange(4)}")
        self._enter("qualification", caller)
        self._wait(0.3, 3)
        self._touch("call", "talked", caller, self.draw.randrange(60, 500))
        if self.draw.random() < 0.62:
            return self._lose(("no_need", "no_need", "spam"))
        self._know(decision_maker=f"#{self.draw.randrange(4)}")
        closer = self.course.closer = self.draw.choice(CLOSERS)
        self._enter("proposal", closer)
        self.course.handoffs.append(Given(caller, closer, self.now, self.now + timedelta(minutes=25)))
        self.course.product = 1 if self.draw.random() < 0.6 else 2
        self._offer(Decimal(1))
        self._touch("mail", "sent", closer)
        if not self._decide(closer, 0.42):
            return self._lose(("no_money", "competitor"))
        self._know(order_confirmed="yes")
        self._enter("payment", closer)
        self._wait(0.5, 4, "todo")
        return self._win(("delivery", "performer"))
