"""Bulk load for measuring: any number of leads and touches, made inside PostgreSQL by set-based statements.

Runs as the owner of the tables, who sees past row-level security; every row carries the workspace all the
same, and every constraint holds. Keys of a loaded row follow from its number, so that rows find each other
without joins.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from konveyer.domain.demo.operations.bare import bare
from konveyer.domain.workspace.models import Workspace

CHUNK, SMALL, FEW = 100_000, 50_000, 500

# n is the running number of the lead. Keys are made from the number: a version-7 look-alike per kind.
_KEY = "(lpad(to_hex({kind}), 8, '0') || '-0000-7000-8000-' || lpad(to_hex({n}), 12, '0'))::uuid"
_DAY = "(now() - (interval '1 day' * (730 * (1 - sqrt(((n * 2654435761) % 1000003) / 1000003.0)))))"

COMPANIES = """
insert into company (id, workspace_id, name, name_key, legal_name, domain, city, industry, history, version, created_at)
select {company}, %(w)s, 'Компания ' || n, 'компания ' || n, '', 'firm' || n || '.example',
       (array['Пермь','Казань','Москва','Самара','Уфа'])[1 + n %% 5], '', true, 1, {day}
  from generate_series(%(a)s, %(b)s) n
"""
CONTACTS = """
insert into contact (id, workspace_id, last_name, first_name, patronymic, name_key, city, timezone, language, history, version,
                     created_at)
select {contact}, %(w)s, l, f, '', lower(replace(l, 'ё', 'е')) || ' ' || lower(f), '', '', '', true, 1, {day}
  from generate_series(%(a)s, %(b)s) n,
       lateral (select (array['Кудрин','Орлов','Гущин','Рогов','Белов','Власов','Таранов','Лесков','Юсупов','Дроздов'])[1 + n %% 10]
                       || '-' || (n %% 9973) l, (array['Роман','Андрей','Сергей','Олег','Денис','Артём'])[1 + n %% 6] f) x
"""
POINTS = """
insert into contact_point (id, workspace_id, kind, value, extension, created_at)
select {point}, %(w)s, 'phone', '+79' || lpad(n::text, 9, '0'), '', {day} from generate_series(%(a)s, %(b)s) n
union all
select {mail}, %(w)s, 'email', 'person' || n || '@firm' || n || '.example', '', {day} from generate_series(%(a)s, %(b)s) n
"""
USES = """
insert into point_use (id, workspace_id, point_id, contact_id, label, position)
select {use}, %(w)s, {point}, {contact}, '', 0 from generate_series(%(a)s, %(b)s) n
union all
select {usemail}, %(w)s, {mail}, {contact}, '', 1 from generate_series(%(a)s, %(b)s) n
"""
# One lead in twenty is open, spread over the first stages; one in ten is won; the others were refused.
LEADS = """
insert into lead (id, workspace_id, conveyor_id, conveyor_version_id, stage_id, level, state, contact_id, company_id, title,
                  title_key, expected_amount, currency, owner_id, next_task_id, telemarketer_id, closer_id, credit_from_deals,
                  origin_id, page_id, incoming, self_reported, second_reason, arrived_at, arrived_precision, arrived_on,
                  entered_stage_at, due_at, first_touch_at, won_at, won_precision, won_on, closed_at, refusal_id, refusal_note,
                  temperature, external_key, history, version, created_at)
select {lead}, %(w)s, %(conveyor)s, %(v)s,
       case when s = 'open' then (%(stages)s::uuid[])[1 + (n / 20) %% 5] when s = 'won' then %(win)s else (%(stages)s::uuid[])[1 + n %% 4] end,
       'core', s, {contact}, {company}, '', 'компания ' || n, 100000 + (n %% 50) * 1000, %(currency)s, m,
       case when s = 'open' then {task} end, m, case when n %% 3 = 0 then c end, false, (%(origins)s::uuid[])[1 + (n * 7) %% 9],
       (%(pages)s::uuid[])[1 + (n * 13) %% 300], n %% 6 = 0, '', '', day, 'second', (day at time zone %(zone)s)::date, day,
       case when s = 'open' then day + interval '5 days' end, day + interval '1 hour',
       case when s = 'won' then day + interval '1 day' * (3 + n %% 60) end, case when s = 'won' then 'second' else '' end,
       case when s = 'won' then ((day + interval '1 day' * (3 + n %% 60)) at time zone %(zone)s)::date end,
       case when s <> 'open' then day + interval '1 day' * (3 + n %% 60) end, case when s = 'lost' then %(refusal)s::uuid end, '',
       case s when 'won' then 'client' else 'cold' end, null, true, 1, day
  from (select n, {day} as day, case when n %% 20 = 0 then 'open' when n %% 10 = 3 then 'won' else 'lost' end as s,
               (%(members)s::uuid[])[1 + n %% %(team)s] as m, (%(members)s::uuid[])[1 + (n / 7) %% %(team)s] as c
          from generate_series(%(a)s, %(b)s) n) x
"""
TASKS = """
insert into task (id, workspace_id, lead_id, kind, title, member_id, due_at, due_precision, promised, created_at, outcome)
select {task}, %(w)s, {lead}, 'call', 'Позвонить', (%(members)s::uuid[])[1 + n %% %(team)s],
       now() + interval '1 hour' * (n %% 200 - 60), 'minute', false, now(), ''
  from generate_series(%(a)s, %(b)s) n where n %% 20 = 0
"""
PASSES = """
insert into stage_pass (id, workspace_id, lead_id, stage_id, owner_id, entered_at, left_at, outcome, override_reason)
select {first}, %(w)s, {lead}, (%(stages)s::uuid[])[1], (%(members)s::uuid[])[1 + n %% %(team)s], day,
       case when n %% 100 = 0 then null else day + interval '1 day' end,
       case when n %% 100 = 0 then '' else 'passed' end, ''
  from (select n, {day} as day from generate_series(%(a)s, %(b)s) n) x
union all
select {second}, %(w)s, {lead}, case when n %% 20 = 0 then (%(stages)s::uuid[])[1 + (n / 20) %% 5] when n %% 10 = 3 then %(win)s
                                     else (%(stages)s::uuid[])[1 + n %% 4] end,
       (%(members)s::uuid[])[1 + n %% %(team)s], day + interval '1 day',
       case when n %% 20 = 0 then null else day + interval '1 day' * (3 + n %% 60) end,
       case when n %% 20 = 0 then '' when n %% 10 = 3 then 'passed' else 'refused' end, ''
  from (select n, {day} as day from generate_series(%(a)s, %(b)s) n) x where not (n %% 100 = 0)
"""
DEALS = """
insert into deal (id, workspace_id, lead_id, amount, currency, status, status_at, status_precision, lost_reason, competitor, history,
                  version, created_at)
select {deal}, %(w)s, {lead}, 100000 + (n %% 50) * 1000, %(currency)s, 'won', {day} + interval '1 day' * (3 + n %% 60), 'second', '', '',
       true, 1, {day}
  from generate_series(%(a)s, %(b)s) n where n %% 20 <> 0 and n %% 10 = 3
"""
TOUCHES = """
insert into touch (id, workspace_id, contact_id, company_id, lead_id, member_id, channel, direction, outcome, happened_at, precision,
                   seconds, reached, counted, automatic, note, history, created_at)
select uuidv7(), %(w)s, {contact}, {company}, {lead}, (%(members)s::uuid[])[1 + n %% %(team)s], 'call', 'out',
       case when (n + k) %% 3 = 0 then 'talked' else 'no_answer' end, {day} + interval '1 hour' * (1 + k * 20), 'second',
       case when (n + k) %% 3 = 0 then 90 else 0 end, (n + k) %% 3 = 0, (n + k) %% 3 = 0, false, '', true, {day}
  from generate_series(%(a)s, %(b)s) n, generate_series(0, %(per)s - 1) k
"""
JOURNAL = """
insert into journal_entry (id, workspace_id, at, by, subject, subject_id, action, before, after, reason)
select uuidv7(), %(w)s, {day}, 'system', kind, key, 'created', '{{}}'::jsonb, '{{}}'::jsonb, ''
  from generate_series(%(a)s, %(b)s) n,
       lateral (values ('lead', {lead}), ('company', {company}), ('contact', {contact})) v (kind, key)
union all
select uuidv7(), %(w)s, {day}, 'system', 'deal', {deal}, 'created', '{{}}'::jsonb, '{{}}'::jsonb, ''
  from generate_series(%(a)s, %(b)s) n where n %% 20 <> 0 and n %% 10 = 3
"""
# All months, days and parties of the workspace are to be counted anew.
MARKS = """
insert into funnel_dirty_month (workspace_id, month)
select %(w)s, month from (
  select distinct date_trunc('month', arrived_on::timestamp)::date as month from lead where workspace_id = %(w)s
  union select distinct date_trunc('month', won_on::timestamp)::date from lead where workspace_id = %(w)s and won_on is not null
  union select distinct date_trunc('month', entered_at at time zone %(zone)s)::date from stage_pass where workspace_id = %(w)s) m;
insert into sheet_dirty_day (workspace_id, day)
select %(w)s, day from (
  select distinct (happened_at at time zone %(zone)s)::date as day from touch where workspace_id = %(w)s
  union select distinct (created_at at time zone %(zone)s)::date from deal where workspace_id = %(w)s
  union select distinct won_on from lead where workspace_id = %(w)s and won_on is not null) d;
insert into portfolio_mark (workspace_id) values (%(w)s)
"""
TABLES = (
    "company",
    "contact",
    "contact_point",
    "point_use",
    "lead",
    "task",
    "stage_pass",
    "deal",
    "touch",
    "journal_entry",
)
LOOKED_UP = ("task", "deal")  # an open lead has its task, a won lead its deal
CHECKED = ("lead", *LOOKED_UP)
STATEMENTS = (COMPANIES, CONTACTS, POINTS, USES, LEADS, TASKS, PASSES, DEALS, TOUCHES, JOURNAL)
KINDS = ("company", "contact", "point", "mail", "use", "usemail", "lead", "task", "first", "second", "deal")


@dataclass(frozen=True)
class Seeded:
    """How many rows were loaded."""

    leads: int
    touches: int


def seed(
    workspace: Workspace,
    *,
    leads: int,
    touches: int,
    sellers: int = 50,
    say: Callable[[str], None],
    vacuum: bool = True,
) -> Seeded:
    """Load `leads` leads with their people and about `touches` touches into a workspace that has its conveyors.

    A second run goes on with the next numbers. One transaction: a broken run leaves nothing behind.
    """
    per = max(round(touches / leads), 0) if leads else 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local lock_timeout = '60s'")
        values = _values(cursor, workspace, sellers)
        cursor.execute(
            "select count(*) from company where workspace_id = %s and name_key like 'компания %%'",
            [workspace.pk],
        )
        start = cursor.fetchone()[0]
        _settle(cursor)
        numbers = Numbers(start + 1, start + leads)
        with bare(cursor, TABLES, looked_up=LOOKED_UP) as empty:
            _load(
                cursor,
                numbers,
                values | {"per": per},
                _space(workspace),
                say,
                chunk=CHUNK if empty else SMALL,
            )
            say("seed: indexes and keys")
        if empty:
            cursor.execute(MARKS, values)
    if vacuum:
        with connection.cursor() as cursor:
            cursor.execute("vacuum (analyze)")
    return Seeded(leads, leads * per)


@dataclass(frozen=True)
class Numbers:
    """The running numbers of the leads to load, both ends included."""

    first: int
    last: int


def _load(
    cursor: Any,
    numbers: Numbers,
    values: dict[str, Any],
    base: int,
    say: Callable[[str], None],
    *,
    chunk: int,
) -> None:
    """All tables, a chunk of leads at a time.

    Plans of the checks are made on what is known of the tables, and kept: a few rows first, then their statistics, or every
    check would walk through the whole workspace; and statistics anew with every chunk, or each would walk through a table
    that was small when it was first looked at.
    """
    first, known = numbers.first, False
    while first <= numbers.last:
        last = min(first + (chunk if known else FEW) - 1, numbers.last)
        for statement in STATEMENTS:
            cursor.execute(_filled(statement, base), values | {"a": first, "b": last})
        cursor.execute(f"analyze {', '.join(CHECKED)}" if known else "analyze")
        known = True
        _settle(cursor)
        first = last + 1
        say(f"seed: {last - numbers.first + 1} of {numbers.last - numbers.first + 1} leads")


def _settle(cursor: Any) -> None:
    """Check now what would be checked at commit: the list of rows to check does not grow with the load."""
    cursor.execute("set constraints all immediate")
    cursor.execute("set constraints all deferred")


def _filled(statement: str, base: int) -> str:
    keys = {name: _KEY.format(kind=base + number, n="n") for number, name in enumerate(KINDS)}
    return statement.format(day=_DAY.replace("%", "%%"), **keys)


def _space(workspace: Workspace) -> int:
    """Keys of two seeded workspaces do not meet."""
    return (workspace.pk.int & 0xFFFFFF) << 4 | 0x10000000


def _values(cursor: Any, workspace: Workspace, sellers: int) -> dict[str, Any]:
    execute, fetch = cursor.execute, cursor.fetchall
    w = workspace.pk
    execute(
        "select v.conveyor_id, v.id from conveyor_version v join conveyor c on c.id = v.conveyor_id "
        "where v.workspace_id = %s and v.state = 'live' order by c.position limit 1", [w],
    )  # fmt: skip
    conveyor, version = fetch()[0]
    execute(
        "select id, win_point from stage where workspace_id = %s and conveyor_version_id = %s order by position",
        [w, version],
    )
    stages = fetch()
    execute("select id from refusal_route where workspace_id = %s and conveyor_version_id = %s and destination = 'lost' limit 1",
            [w, version])  # fmt: skip
    refusal = fetch()[0][0]
    return {
        "w": w, "conveyor": conveyor, "v": version, "stages": [row[0] for row in stages[:5]],
        "win": next(row[0] for row in stages if row[1]), "refusal": refusal, "zone": workspace.timezone,
        "currency": workspace.currency, "members": _members(cursor, w, sellers), "team": sellers,
        "origins": _named(cursor, "origin", w, "source", 9), "pages": _named(cursor, "entry_page", w, "page", 300),
    }  # fmt: skip


def _members(cursor: Any, workspace: UUID, count: int) -> list[UUID]:
    cursor.execute(
        """insert into member (workspace_id, id, name, name_key, external_key, timezone, active, created_at)
           select %s, uuidv7(), 'Продавец ' || n, 'продавец ' || n, 'seed-' || n, '', true, now() from generate_series(1, %s) n
           on conflict (workspace_id, external_key) do nothing""",
        [workspace, count],
    )
    cursor.execute(
        """insert into member_role (workspace_id, id, member_id, role_id)
           select m.workspace_id, uuidv7(), m.id, r.id from member m
             join role r on r.workspace_id = m.workspace_id and r.code in ('telemarketer', 'closer')
            where m.workspace_id = %s and m.external_key like 'seed-%%' on conflict do nothing""",
        [workspace],
    )
    cursor.execute(
        "select id from member where workspace_id = %s and external_key like 'seed-%%' order by name_key",
        [workspace],
    )
    return [row[0] for row in cursor.fetchall()]


def _named(cursor: Any, table: str, workspace: UUID, prefix: str, count: int) -> list[UUID]:
    cursor.execute(
        f"insert into {table} (workspace_id, id, key, name) select %(w)s, uuidv7(), %(p)s || n, %(p)s || n "
        f"from generate_series(1, %(c)s) n on conflict (workspace_id, key) do nothing",
        {"w": workspace, "p": f"{prefix} ", "c": count},
    )
    cursor.execute(
        f"select id from {table} where workspace_id = %s and key like %s order by key",
        [workspace, f"{prefix} %"],
    )
    return [row[0] for row in cursor.fetchall()]
