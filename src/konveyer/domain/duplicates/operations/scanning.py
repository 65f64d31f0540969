"""Looking through the base for duplicates.

Each record leaves its keys (rules.keys) in a table of their own. Records are compared only with those that share a
key, and only where at least one of the two is new or was changed since the last scan: the first scan goes through
everything, later ones through what the journal names. Keys that too many share are left out and counted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from konveyer.domain.duplicates.models import KINDS, Run
from konveyer.domain.duplicates.queries.profiles import pieces, profiles
from konveyer.domain.duplicates.rules.keys import WIDEST, keys
from konveyer.domain.duplicates.rules.scoring import SHOWN_FROM, score

LOOK_BACK = timedelta(days=1)  # writers that were still at work when the last scan began


def look_through(run: Run, *, at: datetime) -> None:
    """One scan in the transaction that is open; counts stand on the run afterwards."""
    since = _last(run)
    for kind in [run.kind] if run.kind else KINDS:
        _touch(kind, run, since)
        run.records += _write_keys(kind, run.workspace_id)
        run.wide += _note_wide()
        run.pairs += _compare(kind, run.workspace_id)


def _last(run: Run) -> datetime | None:
    """The moment from which changes are looked at; None: everything is."""
    if run.whole:
        return None
    before = Run.objects.filter(workspace_id=run.workspace_id, work="scan", state="done").exclude(pk=run.pk)
    last = before.order_by("-started_at").values_list("started_at", flat=True).first()
    return last - LOOK_BACK if last else None


def _touch(kind: str, run: Run, since: datetime | None) -> None:
    """Which records are looked at: those without keys, and those that the journal says were changed."""
    named: dict[str, Any] = {"ws": run.workspace_id, "since": since, "kind": kind}
    _execute(
        f"""
        create temporary table if not exists duplicate_touched (id uuid primary key) on commit drop;
        create temporary table if not exists duplicate_wide (number bigint primary key) on commit drop;
        truncate duplicate_touched, duplicate_wide;
        delete from duplicate_key k where k.workspace_id = %(ws)s and k.kind = %(kind)s
           and not exists (select 1 from {kind} r where r.workspace_id = k.workspace_id and r.id = k.record_id);
        delete from duplicate_pair p where p.workspace_id = %(ws)s and p.kind = %(kind)s and (
           not exists (select 1 from {kind} r where r.workspace_id = p.workspace_id and r.id = p.one_id)
           or not exists (select 1 from {kind} r where r.workspace_id = p.workspace_id and r.id = p.other_id));
        """,
        named,
    )
    if since is None:
        _execute(f"insert into duplicate_touched select id from {kind} where workspace_id = %(ws)s", named)
    else:
        _execute(
            f"""
            insert into duplicate_touched
            select r.id from {kind} r where r.workspace_id = %(ws)s and (
              not exists (select 1 from duplicate_key k where k.workspace_id = r.workspace_id and k.record_id = r.id)
              or r.id in (select j.subject_id from journal_entry j
                           where j.workspace_id = %(ws)s and j.subject = %(kind)s and j.at >= %(since)s))
            """,
            named,
        )
    _execute(
        "delete from duplicate_key k using duplicate_touched t where k.workspace_id = %(ws)s and k.record_id = t.id",
        named,
    )
    _execute("analyze duplicate_touched", {})


def _write_keys(kind: str, workspace_id: UUID) -> int:
    """Fresh keys of the touched records. Returns how many records."""
    done = 0
    for rows in pieces("select id from duplicate_touched", []):
        found = profiles(kind, workspace_id, [row[0] for row in rows])
        lines = [(record, number) for record, one in found.items() for number in keys(kind, one)]
        _execute(
            "insert into duplicate_key (workspace_id, kind, record_id, number) select %(ws)s, %(kind)s, * from unnest(%(ids)s::uuid[], %(numbers)s::bigint[])",
            {
                "ws": workspace_id,
                "kind": kind,
                "ids": [one for one, _ in lines],
                "numbers": [one for _, one in lines],
            },
        )
        done += len(found)
    _execute("analyze duplicate_touched", {})
    return done


def _note_wide() -> int:
    """Keys that more than WIDEST records share."""
    return _execute(
        """
        insert into duplicate_wide
        select k.number from duplicate_key k where k.number in (
          select m.number from duplicate_key m join duplicate_touched t on t.id = m.record_id)
         group by k.number having count(*) > %(widest)s
        """,
        {"widest": WIDEST},
    )


CANDIDATES = """
select distinct least(a.record_id, b.record_id) as one, greatest(a.record_id, b.record_id) as other
  from duplicate_touched t join duplicate_key a on a.workspace_id = %(ws)s and a.record_id = t.id
  join duplicate_key b on b.workspace_id = %(ws)s and b.number = a.number and b.record_id <> a.record_id
 where not exists (select 1 from duplicate_wide w where w.number = a.number)
"""


def _compare(kind: str, workspace_id: UUID) -> int:
    """Score the candidates; those worth a look become pairs, dismissed ones stay dismissed. Returns how many are new."""
    new = 0
    _execute(
        "create temporary table if not exists duplicate_seen (one uuid, other uuid) on commit drop; truncate duplicate_seen",
        {},
    )
    for rows in pieces(CANDIDATES, {"ws": workspace_id}):
        found = profiles(kind, workspace_id, list({one for row in rows for one in row}))
        lines = []
        for one, other in rows:
            if one in found and other in found:
                verdict = score(kind, found[one], found[other])
                if verdict.score >= SHOWN_FROM:
                    lines.append((one, other, verdict.score, "{" + ",".join(verdict.reasons) + "}"))
        new += _store(kind, workspace_id, lines)
    _execute(
        """
        delete from duplicate_pair p using duplicate_touched t
         where p.workspace_id = %(ws)s and p.kind = %(kind)s and p.state = 'open' and t.id in (p.one_id, p.other_id)
           and not exists (select 1 from duplicate_seen s where s.one = p.one_id and s.other = p.other_id)
        """,
        {"ws": workspace_id, "kind": kind},
    )
    return new


def _store(kind: str, workspace_id: UUID, lines: list[tuple[UUID, UUID, int, str]]) -> int:
    if not lines:
        return 0
    named: dict[str, Any] = {"ws": workspace_id, "kind": kind, "ones": [one[0] for one in lines], "others": [one[1] for one in lines],
             "scores": [one[2] for one in lines], "reasons": [one[3] for one in lines]}  # fmt: skip
    _execute("insert into duplicate_seen select * from unnest(%(ones)s::uuid[], %(others)s::uuid[])", named)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with written as (
              insert into duplicate_pair (workspace_id, kind, one_id, other_id, score, reasons, state)
              select %(ws)s, %(kind)s, x.one, x.other, x.score, x.reasons::varchar[], 'open'
                from unnest(%(ones)s::uuid[], %(others)s::uuid[], %(scores)s::int[], %(reasons)s::text[]) x (one, other, score, reasons)
              on conflict (workspace_id, one_id, other_id) do update set score = excluded.score, reasons = excluded.reasons
               where duplicate_pair.state = 'open'
              returning (xmax = 0) as fresh)
            select count(*) filter (where fresh) from written
            """,
            named,
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _execute(sql: str, named: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, named)
        return max(int(cursor.rowcount), 0)
