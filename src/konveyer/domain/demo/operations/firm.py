"""The firm: workspace, cast, products; then its year of leads."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from konveyer.domain.absence.operations import come_back, go_away
from konveyer.domain.audit.operations import run_audit
from konveyer.domain.catalog.models import Product
from konveyer.domain.demo.operations.care import care, set_frames
from konveyer.domain.demo.operations.consents import keep_consents
from konveyer.domain.demo.operations.drawing import draw_anew
from konveyer.domain.demo.operations.labels import write_labels
from konveyer.domain.demo.operations.lists import write_links, write_views
from konveyer.domain.demo.operations.mailboxes import write_mailboxes
from konveyer.domain.demo.operations.rows import Rows
from konveyer.domain.demo.operations.sheet import write_sheet
from konveyer.domain.demo.operations.turns import draw_turns
from konveyer.domain.demo.operations.twice import store_twice
from konveyer.domain.demo.rules.course import Teller
from konveyer.domain.demo.rules.words import words
from konveyer.domain.insight.models import DirtyMonth
from konveyer.domain.portfolio.operations import count_parties
from konveyer.domain.sheet.models import DirtyDay
from konveyer.domain.staff.operations.found import found_workspace
from konveyer.domain.workspace.models import Member, MemberRole, Role, Team, User, Workspace
from konveyer.domain.workspace.queries import actor_of
from konveyer.domain.workspace.rules.actor import for_workspace
from konveyer.kit import tenancy
from konveyer.kit.ids import drawn_from
from konveyer.kit.text import sort_key

PASSWORD = "konveyer-demo"  # the one well-known password; demo data only  # noqa: S105
SEED = 2026
CHECKED = 2  # weeks with an audit before today's
ZONES = {"ru": "Europe/Moscow", "en": "Europe/London"}
CURRENCIES = {"ru": "RUB", "en": "GBP"}


@dataclass(frozen=True)
class Firm:
    """What was made."""

    workspace: Workspace
    owner_email: str
    leads: int
    touches: int


def make_firm(*, leads: int, language: str, until: date, seed: int = SEED, name: str = "") -> Firm:
    """Found the firm and tell a year of `leads` leads ending on the evening before `until`.

    The same arguments give the same rows, keys and times included. Raises Invalid when the name is taken.
    """
    w, zone = words(language), ZoneInfo(ZONES[language])
    today = datetime.combine(until, time(9, 40), zone).astimezone(UTC)
    start = today - timedelta(days=365)
    draw = Random(f"{seed} {language} {leads}")  # noqa: S311
    keys = Random(f"{seed} {language} {leads} keys")  # noqa: S311 - its own: one more row leaves every story as it was
    with transaction.atomic(), drawn_from(keys, int(start.timestamp() * 1000)):
        owner = w.members[0]
        email = f"{owner['login']}@{w.domain}"
        workspace = found_workspace(
            name=name or w.firm, owner_email=email, owner_password=None, owner_name=owner["name"], language=language,
            currency=CURRENCIES[language], timezone=str(zone), team_size="6+", at=start,
        )  # fmt: skip
        with tenancy.enter(workspace.pk):
            people = _hire(workspace, language, start)
            _away(workspace, people, today)
            boss = actor_of(next(iter(people.values())).pk, workspace.pk)
            draw_anew(workspace, boss, language, start, today)
            draw_turns(workspace, boss, language, start)
            products = _products(workspace, language, start)
            rows = Rows(workspace, language, draw, people, products, today)
            prices = [product.price or Decimal(0) for product in products]
            for number, arrived in enumerate(_arrivals(draw, leads, start, today, zone)):
                rows.add(number, Teller(draw, arrived, today, str(zone), prices).tell())
            rows.write()
            write_sheet(workspace, people, draw, today)
            write_labels(workspace, language, next(iter(people.values())), Random(f"{seed} labels"), today)  # noqa: S311
            write_views(workspace, language, next(iter(people.values())), today)
            write_links(workspace, Random(f"{seed} links"), today)  # noqa: S311
            keep_consents(workspace, boss, language, today)
            store_twice(workspace, boss, Random(f"{seed} twice"), today)  # noqa: S311
            set_frames(workspace)
            care(workspace, language, people, Random(f"{seed} care"), today)  # noqa: S311
            write_mailboxes(workspace, people, w.domain, today)
            _same_marks(workspace)
            while count_parties(workspace_id=workspace.pk):
                pass
            _check(workspace, today)
    return Firm(workspace, email, len(rows.leads), len(rows.touches))


def _check(workspace: Workspace, today: datetime) -> None:
    """The audit of some weeks, so that its trend has something to show."""
    for weeks in range(CHECKED, -1, -1):
        run_audit(actor=for_workspace(workspace.pk, "system"), at=today - timedelta(weeks=weeks))


def _same_marks(workspace: Workspace) -> None:
    """The database draws the keys of its roll-up marks by itself; ours come from the seed."""
    months = DirtyMonth.objects.filter(workspace=workspace)
    days = DirtyDay.objects.filter(workspace=workspace)
    marked = (
        [DirtyMonth(workspace=workspace, month=one) for one in sorted(set(months.values_list("month", flat=True)))],
        [DirtyDay(workspace=workspace, day=one) for one in sorted(set(days.values_list("day", flat=True)))],
    )  # fmt: skip
    months.delete()
    days.delete()
    DirtyMonth.objects.bulk_create(marked[0])
    DirtyDay.objects.bulk_create(marked[1])


def _arrivals(draw: Random, count: int, start: datetime, today: datetime, zone: ZoneInfo) -> list[datetime]:
    """Moments in working hours over the year, somewhat more towards its end: the firm grows."""
    span = (today - start).total_seconds()
    moments: list[datetime] = []
    while len(moments) < count:
        moment = start + timedelta(seconds=span * draw.random() ** 0.8)
        local = moment.astimezone(zone)
        if local.weekday() < 5 and time(9) <= local.time() < time(18):
            moments.append(moment.replace(microsecond=0))
    return sorted(moments)


def _hire(workspace: Workspace, language: str, at: datetime) -> dict[str, Member]:
    w = words(language)
    roles = {role.code: role for role in Role.objects.filter(workspace=workspace)}
    teams = {
        code: Team.objects.create(workspace=workspace, name=roles[code].name)
        for code in ("telemarketer", "closer")
    }
    password = make_password(PASSWORD, salt="konveyerdemo")
    people: dict[str, Member] = {}
    for place, who in enumerate(w.members):
        email = f"{who['login']}@{w.domain}"
        if place == 0:
            User.objects.filter(email=email).update(password=password)
            people[who["login"]] = Member.objects.get(workspace=workspace, user__email=email)
            continue
        user, _new = User.objects.get_or_create(
            email=email, defaults={"language": language, "password": password, "created_at": at}
        )
        member = Member.objects.create(
            workspace=workspace, user=user, name=who["name"], name_key=sort_key(who["name"]), created_at=at,
            team=teams.get(who["roles"][0]),
        )  # fmt: skip
        for code in who["roles"]:
            MemberRole.objects.create(workspace=workspace, member=member, role=roles[code])
        people[who["login"]] = member
    Team.objects.filter(workspace=workspace).update(head=people["head"])
    return people


def _away(workspace: Workspace, people: dict[str, Member], today: datetime) -> None:
    """Everybody of a team stands in for the next one; somebody was on holiday, somebody is going."""
    by_team: dict[object, list[Member]] = {}
    for member in people.values():
        by_team.setdefault(member.team_id, []).append(member)
    for team, members in by_team.items():
        for member, deputy in zip(members, [*members[1:], members[0]], strict=True):
            if team and member != deputy:
                member.deputy = deputy
                member.save(update_fields=["deputy"])
    owner = actor_of(next(iter(people.values())).pk, workspace.pk)
    was, goes = (next(iter(pair)) for pair in list(by_team.values())[-1:] + list(by_team.values())[1:2])
    past = today - timedelta(days=80)
    left = go_away(
        actor=owner, at=past, member_id=was.pk, starts_on=past.date(), ends_on=past.date() + timedelta(days=13),
        rule="share",
    )  # fmt: skip
    come_back(actor=owner, at=past + timedelta(days=14), absence_id=left.pk)
    go_away(
        actor=owner, at=today, member_id=goes.pk, starts_on=today.date() + timedelta(days=6),
        ends_on=today.date() + timedelta(days=19), rule="share",
    )  # fmt: skip


def _products(workspace: Workspace, language: str, at: datetime) -> list[Product]:
    return [
        Product.objects.create(
            workspace=workspace, code=item["code"], name=item["name"], level=item["level"], kind=item["kind"],
            price=Decimal(item["price"]), direct_cost=Decimal(item["cost"]), currency=CURRENCIES[language], created_at=at,
            difference=item["difference"],
        )
        for item in words(language).products
    ]  # fmt: skip
