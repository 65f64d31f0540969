"""What a well-kept firm has besides its leads: frames, clients known by two and to two, losses that say to whom."""

from datetime import datetime, timedelta
from random import Random

from konveyer.domain.demo.rules import words as told
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Lead
from konveyer.domain.people.models import Contact, Employment
from konveyer.domain.touches.models import Touch
from konveyer.domain.workspace.models import Frame, Member, Role, Workspace
from konveyer.kit.text import sort_key

CALLS = 50  # a day: what the method asks for is 30 to 100
TALKED = 75  # days: within them every client of the year heard from the firm
FRAMES = (
    ("telemarketer", "daily_calls", CALLS),
    ("telemarketer", "open_leads", 120),
    ("closer", "discount_percent", 10),
)


def set_frames(workspace: Workspace) -> None:
    """Limits of the roles."""
    roles = {role.code: role for role in Role.objects.filter(workspace=workspace)}
    Frame.objects.bulk_create(
        Frame(workspace=workspace, role=roles[code], kind=kind, number=number)
        for code, kind, number in FRAMES
    )


def care(
    workspace: Workspace, language: str, people: dict[str, Member], draw: Random, today: datetime
) -> None:
    """Of every client of the last year a second person is known, and he heard of two of ours; losses name who won."""
    since = today.date() - timedelta(days=365)
    clients = list(
        Lead.objects.filter(workspace=workspace, won_on__gte=since, company__isnull=False).select_related("company").order_by("won_on", "pk")
    )  # fmt: skip
    _second_people(workspace, language, clients, draw)
    _second_of_ours(workspace, clients, people, draw, today)
    names = told.words(language).competitors
    lost = Lead.objects.filter(workspace=workspace, state="lost", refusal__code="competitor").order_by(
        "arrived_on", "pk"
    )
    for place, lead in enumerate(lost):
        lead.refusal_note = names[place % len(names)] if place % 5 else ""
    Lead.objects.bulk_update(lost, ["refusal_note"], batch_size=500)


def _second_people(workspace: Workspace, language: str, clients: list[Lead], draw: Random) -> None:
    people, jobs, entries = [], [], []
    for lead in clients:
        if draw.random() < 0.1:
            continue
        last, first, patronymic = told.person(draw, language)
        person = Contact(
            workspace=workspace, last_name=last, first_name=first, patronymic=patronymic, name_key=sort_key(f"{last} {first} {patronymic}"),
            city=lead.company.city if lead.company else "", language=language, created_at=lead.won_at,
        )  # fmt: skip
        people.append(person)
        entries.append(
            Entry(
                workspace=workspace, at=person.created_at, by="system", subject="contact", subject_id=person.pk, action="created"
            )
        )  # fmt: skip
        jobs.append(
            Employment(
                workspace=workspace, contact=person, company=lead.company, buying_role="head_of_department"
            )
        )
    Contact.objects.bulk_create(people)
    Employment.objects.bulk_create(jobs)
    Entry.objects.bulk_create(entries)


def _second_of_ours(
    workspace: Workspace, clients: list[Lead], people: dict[str, Member], draw: Random, today: datetime
) -> None:
    """The account manager writes, the performer tells how it goes: both within the last weeks, after the win."""
    made = []
    for lead in clients:
        if lead.won_at is None:
            continue
        for who in ("account", "performer"):
            at = max(lead.won_at + timedelta(hours=2), today - timedelta(days=draw.randrange(2, TALKED)))
            if at < today:
                made.append(
                    Touch(
                        workspace=workspace, lead=lead, contact_id=lead.contact_id, company_id=lead.company_id, member=people[who],
                        channel="message", direction="out", outcome="sent", happened_at=at, created_at=at, reached=False, counted=True,
                        automatic=who == "account",
                    )
                )  # fmt: skip
    Touch.objects.bulk_create(made)
