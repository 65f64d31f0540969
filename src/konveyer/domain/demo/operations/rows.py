"""Courses as rows of all tables, written in one go."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from konveyer.domain.catalog.models import Product
from konveyer.domain.conveyor.models import RefusalRoute, Stage, Version
from konveyer.domain.conveyor.queries.criteria import criteria_of
from konveyer.domain.conveyor.rules.criteria import Verdict, judge
from konveyer.domain.deals.models import Deal, Payment
from konveyer.domain.demo.operations.parties import Parties
from konveyer.domain.demo.rules.course import TELEMARKETERS, Course
from konveyer.domain.demo.rules.words import words
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import (
    EntryPage,
    Handoff,
    Lead,
    LeadFact,
    Origin,
    Qualification,
    StagePass,
    Task,
    TemperatureChange,
)
from konveyer.domain.leads.operations.next_level import NEXT_LEVEL_SLEEPS
from konveyer.domain.leads.operations.open import local_day, stage_deadline
from konveyer.domain.leads.queries.judging import reasons_of
from konveyer.domain.leads.rules.deadlines import Office
from konveyer.domain.notes.models import Note
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.rules.counting import answers, counted, reached
from konveyer.domain.workspace.models import Member, Role, Workspace
from konveyer.kit.ids import uuid7

CHUNK = 2_000


class Rows:
    """Gathers the rows of every course and writes them table by table."""

    def __init__(
        self, workspace: Workspace, language: str, draw: Random, people: dict[str, Member], products: list[Product],
        today: datetime,
    ) -> None:  # fmt: skip
        self.workspace, self.words, self.draw, self.people, self.today = (
            workspace,
            words(language),
            draw,
            people,
            today,
        )
        self.zone, self.products, self.key = workspace.timezone, products, {"workspace": workspace}
        self.parties = Parties(workspace, language, draw)
        self.leads: list[Lead] = []
        self.touches: list[Touch] = []
        self.rest: dict[type, list[Any]] = {
            kind: []
            for kind in (
                StagePass,
                Task,
                LeadFact,
                TemperatureChange,
                Qualification,
                Handoff,
                Deal,
                Payment,
                Note,
                Entry,
            )
        }
        self.versions = {
            row.conveyor.code: row
            for row in Version.objects.filter(**self.key, state="live").select_related("conveyor")
        }
        self.criteria = {
            row.conveyor_id: criteria_of(workspace.pk, row.conveyor_id) for row in self.versions.values()
        }
        self.judged: set[UUID] = set()
        self.stages = {
            (stage.conveyor_version_id, stage.key): stage
            for stage in Stage.objects.filter(**self.key).select_related("role")
        }
        self.refusals = {
            (row.conveyor_version_id, row.code): row for row in RefusalRoute.objects.filter(**self.key)
        }
        self.roles = {role.code: role for role in Role.objects.filter(**self.key)}
        self.origins = {
            key: Origin.objects.create(**self.key, key=key, name=name)
            for key, name in self.words.origins.items()
        }
        self.pages = {
            key: EntryPage.objects.create(**self.key, key=key, name=name)
            for key, name in self.words.pages.items()
        }

    def add(self, number: int, course: Course) -> None:
        """One course: its lead and everything that hangs on it."""
        version = self.versions[course.conveyor]
        company, contact = self.parties.new(number, course.arrived)
        lead = self._lead(course, version, company, contact)
        self.leads.append(lead)
        self._passes(lead, course, version)
        self._touches(lead, course)
        self._facts(lead, course)
        self._handoffs(lead, course, version)
        self._money(lead, course)
        self._journal(
            "lead",
            lead.pk,
            "created",
            course.arrived,
            None,
            {"stage": course.passes[0].stage, "origin": course.origin},
        )
        if course.won and course.product < 3:
            self._following(lead, course, version)

    def write(self) -> None:
        """Insert everything, parents first."""
        self._leave_something_over()
        self.parties.write()
        Lead.objects.bulk_create(self.leads, batch_size=CHUNK)
        for kind in (
            Task,
            StagePass,
            LeadFact,
            TemperatureChange,
            Qualification,
            Handoff,
            Deal,
            Payment,
            Note,
        ):
            kind.objects.bulk_create(self.rest[kind], batch_size=CHUNK)
        Touch.objects.bulk_create(self.touches, batch_size=CHUNK)
        Entry.objects.bulk_create([*self.parties.entries, *self.rest[Entry]], batch_size=CHUNK)

    # parts -------------------------------------------------------------------------------------------------

    def _leave_something_over(self) -> None:
        """Whoever has nothing due by now, as on a Saturday, has left one step of the day before undone."""
        soonest: dict[UUID, Task] = {}
        for task in sorted(self.rest[Task], key=lambda one: one.due_at):
            soonest.setdefault(task.member.pk, task)
        for task in soonest.values():
            if task.due_at > self.today:
                task.due_at = max(self.today - timedelta(hours=18), task.created_at + timedelta(minutes=1))

    def _lead(self, course: Course, version: Version, company: Any, contact: Any) -> Lead:
        last = course.passes[-1]
        stage = self.stages[version.pk, last.stage]
        product = self.products[course.product]
        lead = Lead(
            **self.key, conveyor_id=version.conveyor_id, conveyor_version=version, stage=stage, level=product.level,
            state=course.state, contact=contact, company=company, title_key=company.name_key, product=product,
            expected_amount=course.amount or product.price, currency=self.workspace.currency,
            origin=self.origins[course.origin], page=self.pages[course.page] if course.page else None,
            incoming=course.incoming, arrived_at=course.arrived, arrived_on=local_day(course.arrived, self.zone),
            entered_stage_at=last.entered, created_at=course.arrived, won_at=course.won,
            won_precision="second" if course.won else "", won_on=local_day(course.won, self.zone) if course.won else None,
            closed_at=course.closed, wake_on=local_day(course.wake, self.zone) if course.wake else None,
            refusal=self._refusal(version, course), version=len(course.passes),
            temperature=course.temperatures[-1][0] if course.temperatures else "cold",
            first_touch_at=min((touch.at for touch in course.touches if answers(touch.channel, touch.direction)), default=None),
        )  # fmt: skip
        if course.state == "open":
            lead.due_at = stage_deadline(stage, last.since or last.entered, Office(self.zone))
        self._who(lead, course, stage, last.owner)
        return lead

    def _who(self, lead: Lead, course: Course, stage: Stage, owner: str | None) -> None:
        called = any(step.owner == course.telemarketer for step in course.passes)
        lead.telemarketer = self.people[course.telemarketer] if called else None
        lead.closer = self.people[course.closer] if course.closer else None
        lead.owner = self.people[owner] if owner else None
        if course.queue:
            lead.owner, lead.queue = None, self.roles[course.queue]
        if course.task and course.state == "open" and not course.queue:
            kind, at_stage, due, who = course.task
            result = self.stages[lead.conveyor_version_id, at_stage].result or stage.name
            task = Task(
                **self.key, lead=lead, kind=kind, title=result[:1].upper() + result[1:], member=self.people[who], due_at=due,
                created_at=course.passes[-1].entered, promised=self.draw.random() < 0.15,
            )  # fmt: skip
            lead.next_task, lead.owner = task, self.people[who]
            self.rest[Task].append(task)

    def _refusal(self, version: Version, course: Course) -> RefusalRoute | None:
        return self.refusals.get((version.pk, course.refusal)) if course.refusal else None

    def _passes(self, lead: Lead, course: Course, version: Version) -> None:
        for before, step in zip([None, *course.passes], course.passes, strict=False):
            stage = self.stages[version.pk, step.stage]
            self.rest[StagePass].append(
                StagePass(
                    **self.key, lead=lead, stage=stage, owner=self.people[step.owner] if step.owner else None,
                    entered_at=step.entered, left_at=step.left, outcome=step.outcome,
                )
            )  # fmt: skip
            if before is not None:
                self._journal("lead", lead.pk, "moved", step.entered, before.owner, {"stage": stage.name})

    def _touches(self, lead: Lead, course: Course) -> None:
        talk = self.workspace.talk_seconds
        for touch in course.touches:
            note = self.words.call_notes[touch.note] if touch.note is not None else ""
            self.touches.append(
                Touch(
                    **self.key, lead=lead, contact=lead.contact, company=lead.company, member=self.people[touch.by],
                    channel=touch.channel, direction=touch.direction, outcome=touch.outcome, happened_at=touch.at,
                    automatic=(touch.channel, touch.outcome) == ("mail", "sent") and touch.by in TELEMARKETERS,
                    seconds=touch.seconds if touch.channel in ("call", "meeting") else None, note=note, created_at=touch.at,
                    reached=reached(touch.channel, touch.direction, touch.outcome, touch.seconds, talk),
                    counted=counted(touch.channel, touch.direction, touch.outcome, touch.seconds, talk),
                )
            )  # fmt: skip
        if len(course.touches) > 3 and self.draw.random() < 0.4:
            last = course.touches[-1]
            text = self.draw.choice(self.words.notes)
            self.rest[Note].append(
                Note(**self.key, lead=lead, member=self.people[last.by], body=text, created_at=last.at)
            )

    def _facts(self, lead: Lead, course: Course) -> None:
        for kind, (value, at) in course.facts.items():
            said = self._said(kind, value)
            number = Decimal(said) if said.isdigit() else None
            self.rest[LeadFact].append(
                LeadFact(**self.key, lead=lead, kind=kind, value=said, number=number, at=at, source="gate")
            )
        was = "cold"
        for became, at, cause in course.temperatures:
            change = TemperatureChange(**self.key, lead=lead, was=was, became=became, at=at, cause=cause)
            self.rest[TemperatureChange].append(change)
            was = became

    def _said(self, kind: str, value: str) -> str:
        lists = {
            "pain": self.words.pains, "need": self.words.needs, "request": self.words.needs,
            "decision_maker": self.words.deciders, "decision_time": self.words.decision_times,
        }  # fmt: skip
        if value == "#word":
            return str(self.words.code_word)
        return str(lists[kind][int(value[1:])]) if value.startswith("#") else value

    def _handoffs(self, lead: Lead, course: Course, version: Version) -> None:
        keys = [step.stage for step in course.passes]
        for given in course.handoffs:
            place = next(index for index, step in enumerate(course.passes) if step.owner == given.taker)
            target = self.stages[version.pk, keys[place]]
            facts = {
                kind: self._said(kind, value)
                for kind, (value, at) in course.facts.items()
                if at <= given.sent
            }
            self._judged(lead, version, facts, given.giver, given.sent - timedelta(minutes=5))
            self.rest[Handoff].append(
                Handoff(
                    **self.key, lead=lead, from_member=self.people[given.giver], to_member=self.people[given.taker],
                    to_role=target.role, from_stage=self.stages[version.pk, keys[place - 1]], to_stage=target,
                    state="returned" if given.returned else "accepted" if given.settled else "sent",
                    package={"facts": facts, "at": given.sent.isoformat()}, sent_at=given.sent,
                    due_at=given.sent + timedelta(hours=2), settled_at=given.settled, return_reason=given.returned,
                )
            )  # fmt: skip

    def _judged(self, lead: Lead, version: Version, facts: dict[str, str], by: str, at: datetime) -> None:
        """The verdict before a handoff, where the conveyor has criteria and they can say."""
        criteria = self.criteria[version.conveyor_id]
        found = judge(criteria.items, criteria.wanted, facts)
        if criteria.id is None or found.verdict is Verdict.OPEN or lead.pk in self.judged:
            return
        self.judged.add(lead.pk)
        asked = {one.fact for one in criteria.items}
        self.rest[Qualification].append(
            Qualification(
                **self.key, lead=lead, criteria_id=criteria.id, verdict=str(found.verdict), reasons=reasons_of(found),
                facts={kind: value for kind, value in facts.items() if kind in asked}, member=self.people[by], at=at,
            )
        )  # fmt: skip

    def _money(self, lead: Lead, course: Course) -> None:
        if course.deal_at is None:
            return
        status = {"won": "won", "lost": "lost"}.get(course.state, "open")
        deal = Deal(
            **self.key, lead=lead, product=lead.product, amount=course.amount, currency=lead.currency, status=status,
            status_at=course.won or course.closed or course.deal_at, created_at=course.deal_at,
            lost_reason=lead.refusal.label if lead.refusal and status == "lost" else "",
            created_by=self.people[course.closer] if course.closer else None,
        )  # fmt: skip
        self.rest[Deal].append(deal)
        self._journal(
            "deal", deal.pk, "created", course.deal_at, course.closer, {"amount": str(course.amount)}
        )
        for at, amount in course.payments:
            self.rest[Payment].append(
                Payment(
                    **self.key, deal=deal, amount=amount, currency=lead.currency, received_on=local_day(at, self.zone),
                    recorded_by=self.people["bookkeeper"], created_at=at,
                )
            )  # fmt: skip

    def _following(self, lead: Lead, course: Course, version: Version) -> None:
        """R16: the client is a new lead on the next level, asleep for a while."""
        assert course.won  # noqa: S101
        product, wake = self.products[course.product + 1], course.won + NEXT_LEVEL_SLEEPS
        first = next(
            stage for key, stage in self.stages.items() if key[0] == version.pk and stage.position == 1
        )
        manager = self.people["account"]
        following = Lead(
            **self.key, conveyor_id=version.conveyor_id, conveyor_version=version, stage=first, level=product.level,
            state="on_hold", wake_on=local_day(wake, self.zone), contact=lead.contact, company=lead.company,
            title_key=lead.title_key, product=product, expected_amount=product.price, currency=lead.currency, owner=manager,
            parent=lead, origin=lead.origin, arrived_at=course.won, arrived_on=local_day(course.won, self.zone),
            entered_stage_at=course.won, created_at=course.won, temperature="client",
        )  # fmt: skip
        if wake <= self.today:
            local = (self.today + timedelta(days=self.draw.randrange(-2, 9))).astimezone(ZoneInfo(self.zone))
            task = Task(
                **self.key, lead=following, kind="call", title=first.result[:1].upper() + first.result[1:], member=manager,
                due_at=local.replace(hour=self.draw.randrange(10, 17), minute=0), created_at=wake,
            )  # fmt: skip
            following.state, following.wake_on, following.next_task = "open", None, task
            self.rest[Task].append(task)
        self.leads.append(following)
        self.rest[StagePass].append(
            StagePass(**self.key, lead=following, stage=first, owner=manager, entered_at=course.won)
        )
        self._journal(
            "lead",
            following.pk,
            "created",
            course.won,
            None,
            {"level": product.level, "after_lead": str(lead.pk)},
        )

    def _journal(
        self, subject: str, subject_id: UUID, action: str, at: datetime, by: str | None, after: dict[str, Any]
    ) -> None:
        self.rest[Entry].append(
            Entry(
                id=uuid7(), **self.key, at=at, actor=self.people[by] if by else None, by="member" if by else "system",
                subject=subject, subject_id=subject_id, action=action, after=after,
            )
        )  # fmt: skip
