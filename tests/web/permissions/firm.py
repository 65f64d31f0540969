"""A firm with one person per role, each with records of his own; the same once more in another workspace."""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from konveyer.domain.absence.models import Absence
from konveyer.domain.catalog.models import Product
from konveyer.domain.consent.operations import give, write_text
from konveyer.domain.conveyor.models import Conveyor, RefusalRoute, Stage
from konveyer.domain.conveyor.operations import begin
from konveyer.domain.deals.operations import create_deal, record_payment
from konveyer.domain.delivery.operations.mailboxes import MailboxFacts, add_mailbox
from konveyer.domain.delivery.operations.proving import send_test
from konveyer.domain.duplicates.models import Pair, Run
from konveyer.domain.duplicates.operations import merge
from konveyer.domain.hooks.models import Delivery, Webhook
from konveyer.domain.imports.models import Batch
from konveyer.domain.imports.operations.drafts import take_in
from konveyer.domain.imports.operations.trials import make_trial
from konveyer.domain.labels.operations import FieldFacts, create_field, create_tag
from konveyer.domain.leads.models import Handoff, Lead
from konveyer.domain.leads.operations import assign, hold, move_lead, open_lead, refuse, save_rule
from konveyer.domain.leads.operations.rotation import Wanted
from konveyer.domain.lists.models import BulkAction, BulkStep
from konveyer.domain.lists.operations import ViewFacts, keep_view
from konveyer.domain.notes.models import Note
from konveyer.domain.notes.operations import add_file
from konveyer.domain.notes.rules.subject import Subject
from konveyer.domain.people.models import Company, Contact, ContactLink, ContactPoint, Employment, PointUse
from konveyer.domain.staff.operations.found import found_workspace
from konveyer.domain.staff.operations.invitations import invite
from konveyer.domain.staff.operations.tokens import issue_token
from konveyer.domain.workspace.models import Member, MemberRole, Role, Team, User, Workspace
from konveyer.domain.workspace.queries import actor_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right, View
from konveyer.kit import clock, tenancy
from konveyer.kit.ids import uuid7
from tests.web.permissions.matrix import ROLES
from tests.world import PASSWORD

LIST = b"Company;Contact;Phone\nCedar;Viktor;+7 342 200-18-40\nFir;Gleb;not a phone\n"


@dataclass
class Records:
    """Somebody's records, by the names that addresses give them; see Firm."""

    member: Member
    ids: dict[str, UUID] = field(default_factory=dict)
    secret: str = ""
    lead_version: int = 0
    trial: str = ""

    def __getattr__(self, name: str) -> UUID:
        ids: dict[str, UUID] = self.__dict__.get("ids", {})
        if name not in ids:
            raise AttributeError(name)
        return ids[name]


@dataclass
class Firm:
    """The people by role, and their records: `own` by role, of a colleague in the team, of another, of the other firm."""

    workspace: Workspace
    people: dict[str, Member]
    founder: Member
    roles: dict[str, Role]
    own: dict[str, Records]
    team: Records
    other: Records
    elsewhere: Records
    secrets: dict[str, str]
    at: datetime

    def furnish(self, role: str) -> None:
        """Give the person of this role records of his own."""
        with tenancy.enter(self.workspace.pk):
            self.own[role] = _records(self.people[role], self.roles[role], self.at)

    def of(self, role: str, whose: str) -> Records:
        """The records that a column of a rule means."""
        if whose in ("own", "here"):
            return self.own[role]
        return {"team": self.team, "other": self.other, "ours": self.other, "elsewhere": self.elsewhere}[
            whose
        ]


def build_firm() -> Firm:
    """Both workspaces. Moments lie in the past of the real clock, by which screens go."""
    at = clock.now() - timedelta(hours=2)
    home = _found("Matrix Works", "founder@matrix.example", at)
    twin = _found("Matrix Twin", "founder@twin.example", at)
    with tenancy.enter(home.pk):
        roles = {role.code: role for role in Role.objects.filter(workspace=home)}
        team = Team.objects.create(workspace=home, name="Everybody")
        people = {code: _hire(home, code, [roles[code]], team) for code in ROLES}
        mate = _hire(home, "mate", [roles["closer"]], team)
        stranger = _hire(home, "stranger", [roles["closer"]], None)
        secrets = {code: _secret(member, at) for code, member in people.items()}
        firm = Firm(
            home, people, Member.objects.get(workspace=home, user__email="founder@matrix.example"), roles,
            {}, _records(mate, roles["closer"], at), _records(stranger, _nobody_s(home), at), Records(mate), secrets, at,
        )  # fmt: skip
    with tenancy.enter(twin.pk):
        theirs = {role.code: role for role in Role.objects.filter(workspace=twin)}
        firm.elsewhere = _records(_hire(twin, "twin", [theirs["closer"]], None), theirs["closer"], at)
    return firm


def _found(name: str, email: str, at: datetime) -> Workspace:
    return found_workspace(
        name=name, owner_email=email, owner_password=PASSWORD, owner_name="Founder", language="en",
        team_size="6+", at=at,
    )  # fmt: skip


def _hire(workspace: Workspace, name: str, roles: list[Role], team: Team | None) -> Member:
    user = User.objects.create_user(f"{name}@{workspace.slug}.example", PASSWORD, language="en")
    member = Member.objects.create(
        workspace=workspace, user=user, name=name.title(), name_key=name, team=team
    )
    for role in roles:
        MemberRole.objects.create(workspace=workspace, member=member, role=role)
    return member


def _nobody_s(workspace: Workspace) -> Role:
    return Role.objects.create(workspace=workspace, code="warehouse", name="Warehouse", rights=[], view="own")


def _secret(member: Member, at: datetime) -> str:
    actor = actor_of(member.pk, member.workspace_id)
    return issue_token(actor=actor, at=at, name="program", scopes=actor.rights, days=None).secret


def _records(member: Member, role: Role, at: datetime) -> Records:
    """All that a person may call his: leads in every state, a deal, money, notes, files; and settings beside them."""
    made = Records(member)
    actor = Actor(member.workspace_id, member.pk, "member", frozenset(Right), View.ALL, None)
    _leads(made, actor, role, at)
    _base(made, actor, at)
    _written(made, actor, at)
    _house(made, actor, at)
    _lists(made, actor, at)
    _twice(made, actor, at)
    return made


def _lead(made: Records, actor: Actor, at: datetime, what: str, **more: Any) -> Lead:
    workspace = made.member.workspace_id
    conveyor = Conveyor.objects.get(workspace_id=workspace, code="new_clients")
    name = f"{what.title()} of {made.member.name}"
    firm = Company.objects.create(workspace_id=workspace, name=name, name_key=name.lower())
    return open_lead(
        actor=actor,
        at=at,
        conveyor_id=conveyor.pk,
        company_id=firm.pk,
        **{"owner_id": made.member.pk, **more},
    )


def _leads(made: Records, actor: Actor, role: Role, at: datetime) -> None:
    ids = made.ids
    lead, fresh = _lead(made, actor, at, "sold"), _lead(made, actor, at, "fresh")
    resting, lost = _lead(made, actor, at, "resting"), _lead(made, actor, at, "lost")
    won, handed = _lead(made, actor, at, "won"), _lead(made, actor, at, "handed")
    route = RefusalRoute.objects.filter(conveyor_version=lead.conveyor_version, destination="disqualified")[0]
    way = list(Stage.objects.filter(conveyor_version=lead.conveyor_version).order_by("position"))
    hold(actor=actor, at=at, lead_id=resting.pk, wake_on=(clock.now() + timedelta(days=30)).date(), note="")
    refuse(actor=actor, at=at, lead_id=lost.pk, refusal_id=route.pk, note="")
    queued = _lead(
        made,
        Actor(actor.workspace_id, None, "command", actor.rights, View.ALL, None),
        at,
        "queued",
        owner_id=None,
    )
    Lead.objects.filter(pk=queued.pk).update(queue=role)
    handoff = Handoff.objects.create(
        workspace_id=actor.workspace_id, lead=handed, to_member=made.member, to_role=role, from_stage=way[0],
        to_stage=way[0], package={"facts": {}}, sent_at=at,
    )  # fmt: skip
    deal = create_deal(actor=actor, at=at, lead_id=lead.pk, amount=Decimal("1000"))
    record_payment(actor=actor, at=at, deal_id=deal.pk, amount=Decimal("100"), received_on=at.date())
    _win(won, actor, at)
    ids |= {
        "lead_id": lead.pk, "fresh": fresh.pk, "resting": resting.pk, "lost": lost.pk, "won": won.pk, "handed": handed.pk,
        "queued": queued.pk, "handoff_id": handoff.pk, "deal_id": deal.pk, "task_id": lead.next_task_id,
        "stage_id": way[0].pk, "next_stage": way[1].pk, "refusal": route.pk, "conveyor": lead.conveyor_id,
        "other_conveyor": Conveyor.objects.get(workspace_id=lead.workspace_id, code="inbound").pk,
    }  # fmt: skip


def _win(lead: Lead, actor: Actor, at: datetime) -> None:
    """Past the win point, whatever the gates ask."""
    way = list(Stage.objects.filter(conveyor_version=lead.conveyor_version).order_by("position"))
    behind = way[next(place for place, stage in enumerate(way) if stage.win_point) + 1]
    create_deal(actor=actor, at=at, lead_id=lead.pk, amount=Decimal("1"))
    move_lead(actor=actor, at=at, lead_id=lead.pk, to_stage_id=behind.pk, override_reason="paid in cash")
    assign(actor=actor, at=at, lead_id=lead.pk, member_id=actor.member_id)


def _base(made: Records, actor: Actor, at: datetime) -> None:
    workspace, ids = made.member.workspace_id, made.ids
    lead = Lead.objects.get(pk=ids["lead_id"])
    person = Contact.objects.create(
        workspace_id=workspace,
        first_name="Roman",
        last_name=made.member.name,
        name_key=f"roman {made.member.name_key}",
    )
    point = ContactPoint.objects.create(
        workspace_id=workspace, kind="phone", value=f"+7342{int(person.pk) % 10**7:07d}"
    )
    use = PointUse.objects.create(workspace_id=workspace, point=point, contact=person)
    lead.contact = person
    lead.save(update_fields=["contact"])
    works = Employment.objects.create(workspace_id=workspace, contact=person, company_id=lead.company_id)
    free = Contact.objects.create(
        workspace_id=workspace, first_name="Free", last_name="Lance", name_key="lance free"
    )
    ids |= {
        "contact_id": person.pk, "company_id": lead.company_id, "point_id": point.pk, "use_id": use.pk,
        "employment_id": works.pk, "free": free.pk,
    }  # fmt: skip


def _written(made: Records, actor: Actor, at: datetime) -> None:
    ids = made.ids
    for prefix, subject in (
        ("", Subject("company", ids["company_id"])),
        ("lead_", Subject("lead", ids["lead_id"])),
    ):
        note = Note.objects.create(
            workspace_id=actor.workspace_id,
            member=made.member,
            body="to be kept",
            **{f"{subject.kind}_id": subject.id},
        )
        file = add_file(
            actor=actor, at=at, subject=subject, name="plan.txt", content=io.BytesIO(b"plain words")
        )
        ids |= {f"{prefix}note_id": note.pk, f"{prefix}file_id": file.pk}


def _lists(made: Records, actor: Actor, at: datetime) -> None:
    """An import that was tried, one that is written, one that broke off."""
    batch = take_in(actor=actor, at=at, name="list.csv", content=io.BytesIO(LIST))
    head = MemberRole.objects.filter(workspace_id=actor.workspace_id, role__code="owner")[0].member
    Batch.objects.filter(pk=batch.pk).update(member=head)  # a trial has the rights of who brought the file
    make_trial(workspace_id=actor.workspace_id, at=at, batch_id=batch.pk)
    batch.refresh_from_db()
    made.trial = batch.trial["of"]
    ends = {
        state: Batch.objects.create(
            workspace_id=actor.workspace_id, file_name="old.csv", main_record="lead", member=made.member, state=state,
            finished_at=at, stored_as=batch.stored_as, mapping=batch.mapping, reading=batch.reading,
        ).pk
        for state in ("done", "stopped")
    }  # fmt: skip
    made.ids |= {"batch_id": batch.pk, **ends}


def _twice(made: Records, actor: Actor, at: datetime) -> None:
    """A pair of companies, one that was merged already, and a run that has ended."""
    system = Actor(actor.workspace_id, None, "command", actor.rights, View.ALL, None)
    firms = [
        Company.objects.create(
            workspace_id=actor.workspace_id,
            name=f"{sign} of {made.member.name}",
            name_key=f"{sign} {made.member.name_key}",
        )
        for sign in ("one", "other", "former")
    ]
    kept = Company.objects.create(
        workspace_id=actor.workspace_id, name=f"kept of {made.member.name}", name_key="kept"
    )
    merged = merge(actor=system, at=at, kind="company", kept=kept.pk, gone=[firms[2].pk])[0]
    one, other = sorted(firm.pk for firm in firms[:2])
    pair = Pair.objects.create(
        workspace_id=actor.workspace_id,
        kind="company",
        one_id=one,
        other_id=other,
        score=80,
        reasons=["name"],
    )
    run = Run.objects.create(
        workspace_id=actor.workspace_id, work="scan", state="done", asked_at=at, started_at=at, ended_at=at
    )
    text = write_text(
        actor=system,
        at=at,
        purpose="advertising",
        language="en",
        title=f"Text of {made.member.name}",
        body="I agree.",
    )
    give(actor=system, at=at, contact_id=made.ids["contact_id"], text_id=text.pk, source="form")
    made.ids |= {"consent_text": text.pk}
    made.ids |= {
        "pair_id": pair.pk,
        "one": one,
        "other": other,
        "both": [one, other],
        "others": [other],
        "merge_id": merged.pk,
        "run_id": run.pk,
    }


def _house(made: Records, actor: Actor, at: datetime) -> None:
    member, ids = made.member, made.ids
    workspace = member.workspace
    callers = Role.objects.get(workspace=workspace, code="telemarketer")
    hired, gone = (
        _hire(workspace, f"{kind}-of-{member.name_key}", [callers], None) for kind in ("hired", "gone")
    )
    Member.objects.filter(pk=gone.pk).update(active=False)
    Member.objects.filter(pk=member.pk).update(deputy=hired)
    over = Absence.objects.create(
        workspace=workspace, member=member, starts_on=at.date(), ends_on=at.date(), rule="deputy", state="back", started_at=at,
        ended_at=at,
    )  # fmt: skip
    invited = invite(
        actor=actor,
        at=at,
        email=f"guest-of-{member.name_key}@{workspace.slug}.example",
        name="Guest",
        role_ids=[callers.pk],
    )
    hook = Webhook.objects.create(
        workspace=workspace,
        url="https://93.184.215.14/told",
        name="Ledger",
        events=["lead.won"],
        sealed_secret="x",
    )
    box = add_mailbox(
        actor=actor,
        at=at,
        facts=MailboxFacts(f"of-{member.name_key}@yandex.ru", member.name, password="a secret of theirs"),
    )
    sent = send_test(actor=actor, at=at, mailbox_id=box.pk, to=f"reader-of-{member.name_key}@client.example")
    delivery = Delivery.objects.create(
        workspace=workspace,
        webhook=hook,
        event_id=uuid7(),
        event="test",
        payload={"id": "x"},
        state="given_up",
        settled_at=at,
    )
    product = Product.objects.create(
        workspace=workspace,
        code=f"course-{member.name_key}",
        name="Course",
        level="core",
        kind="course",
        currency="RUB",
    )
    tags = [create_tag(actor=actor, at=at, name=f"{what} of {member.name}") for what in ("Expo", "Fair")]
    own = create_field(
        actor=actor, at=at, subject="company", kind="text", facts=FieldFacts(f"Code of {member.name}")
    )
    view, asked = _on_lists(actor, at, ids["company_id"], tags[1].pk)
    known = Contact.objects.create(
        workspace=workspace, last_name=f"Known to {member.name}", name_key=f"known {member.name_key}"
    )
    link = ContactLink.objects.create(
        workspace=workspace, contact_id=ids["contact_id"], by=known, kind="referred", created_at=at
    )
    drawn = begin(actor=actor, at=at, name=f"Way of {member.name}", preset="webinar", language="en")
    turn = save_rule(
        actor=actor, at=at, conveyor_id=drawn.conveyor_id, wanted=Wanted(callers.pk, f"Turn of {member.name}", "order")
    )  # fmt: skip
    token = issue_token(actor=actor, at=at, name="to be ended", scopes=["api.use"], days=None)
    ids |= {
        "linked_to": known.pk, "link_id": link.pk, "view_id": view, "action_id": asked, "field_id": own.pk, "tag_id": tags[0].pk, "other_tag": tags[1].pk,
        "rule_id": turn.pk, "turning": callers.pk,
        "member_id": hired.pk, "gone": gone.pk, "absence_id": over.pk, "me": member.pk, "product_id": product.pk, "webhook_id": hook.pk, "mailbox_id": box.pk, "message_id": sent.pk,
        "conveyor_id": drawn.conveyor_id, "stage_key": "registration", "delivery_id": delivery.pk, "invitation_id": invited.invitation.pk, "token_id": token.token.pk,
        "team_id": Team.objects.create(workspace=workspace, name=f"Team of {member.name}").pk,
        "role_id": Role.objects.create(
            workspace=workspace, code=f"helper-{member.name_key}"[:40], name=f"Helper of {member.name}", rights=[], view="own"
        ).pk,
    }  # fmt: skip
    made.secret = invited.secret
    made.lead_version = Lead.objects.get(pk=ids["lead_id"]).version


def _on_lists(actor: Actor, at: datetime, company_id: UUID, tag_id: UUID) -> tuple[UUID, UUID]:
    """A view of the person's own, and an action on one company that was tried."""
    view = keep_view(actor=actor, at=at, list_name="companies", facts=ViewFacts("Kept", {}))
    asked = BulkAction.objects.create(
        workspace_id=actor.workspace_id, member_id=actor.member_id, list="companies", action="tag",
        params={"tag": str(tag_id)}, state="tried", total=1, ready=1, changed=1, created_at=at,
    )  # fmt: skip
    BulkStep.objects.create(
        workspace_id=actor.workspace_id, action=asked, company_id=company_id, state="would"
    )
    return view.pk, asked.pk
