"""Taking a batch back: what it changed is put back where nobody changed it since, what it made goes where nothing
hangs on it. The journal says what the batch did; set by set, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from konveyer.domain.imports.models import Batch
from konveyer.domain.imports.operations import undo_values
from konveyer.domain.imports.operations.batches import alone, find
from konveyer.domain.imports.operations.bulk import field_names
from konveyer.domain.imports.operations.undo_scope import BELONGING, CHANGED, MAIN, WIN, references
from konveyer.domain.imports.operations.undo_words import why_kept
from konveyer.domain.imports.operations.writing import VERSIONED, retitle
from konveyer.domain.people.models import Company, Contact, ContactPoint
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit import tenancy
from konveyer.kit.refusal import Refused

LISTED = 10_000  # kept records named in the answer; all of them stay in the journal


@dataclass(frozen=True)
class Kept:
    """A record, or fields of one, that the undo left alone."""

    record: str
    id: str
    name: str
    why: str


@dataclass
class Undone:
    """How many records went and were restored, by table; what was kept."""

    removed: dict[str, int] = field(default_factory=dict)
    restored: dict[str, int] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)


def undo(*, actor: Actor, at: datetime, batch_id: UUID) -> Undone:
    """Take the batch back. Raises Forbidden, NotFound, Refused when it runs or was taken back already."""
    with alone(batch_id), tenancy.enter(actor.workspace_id), transaction.atomic():
        batch = find(actor, batch_id)
        if batch.state == "undone":
            raise Refused("import_undone", _("This import was taken back already."))
        if batch.state == "draft":
            raise Refused("import_unfinished", _("Only an import that has ended can be taken back."))
        work = _Undo(actor, at, batch)
        with work.tables():
            undone = work.run()
        batch.state, batch.undone_at = "undone", at
        batch.save(update_fields=["state", "undone_at"])
        return undone


class _Undo:
    def __init__(self, actor: Actor, at: datetime, batch: Batch) -> None:
        self.actor = actor
        self.at = at
        self.batch = batch
        self.named = {
            "ws": batch.workspace_id,
            "batch": batch.pk,
            "at": at,
            "actor": actor.member_id,
            "by": actor.by,
        }
        self.undone = Undone()

    def run(self) -> Undone:
        self._note_changes()
        self._keep_wins()
        self._sql(undo_values.NOTE)
        for model in CHANGED:
            self._restore(model)
        self._restore_versions()
        self._note_created()
        self._keep_changed()
        while self._keep_referenced():
            pass
        self._remove()
        self._sql(undo_values.PUT_BACK)
        self._list_kept()
        return self.undone

    @contextmanager
    def tables(self) -> Iterator[None]:
        """Temporary tables of the work; gone with it also where the transaction goes on."""
        self._sql(
            """
            create temporary table undo_change (subject text, id uuid, field text, before jsonb, after jsonb) on commit drop;
            create temporary table undo_doomed (subject text, id uuid, primary key (subject, id)) on commit drop;
            create temporary table undo_kept (subject text, id uuid, why text, detail text) on commit drop;
            create temporary table undo_lead_kept (id uuid primary key, why text) on commit drop;
            """
            + undo_values.TABLE
        )
        yield
        self._sql("drop table undo_change, undo_doomed, undo_kept, undo_lead_kept, undo_value, undo_told")

    # ---- what was changed

    def _note_changes(self) -> None:
        """For every field the batch changed: its value before the first change and after the last."""
        self._sql(
            """
            insert into undo_change
            select e.subject, e.subject_id, k.field,
                   (array_agg(coalesce(p.before, case when p.id is null then e.before -> k.field end, 'null') order by e.id))[1],
                   (array_agg(coalesce(p.after, case when p.id is null then e.after -> k.field end, 'null') order by e.id desc))[1]
              from journal_entry e cross join lateral jsonb_object_keys(e.after) k(field)
              left join journal_personal_value p on p.workspace_id = e.workspace_id and p.entry_id = e.id and p.field = k.field
             where e.workspace_id = %(ws)s and e.batch_id = %(batch)s and e.action = 'changed'
             group by 1, 2, 3
            """
        )

    def _keep_wins(self) -> None:
        """A win goes back as a whole or not at all: not after somebody worked on the lead, its deal or its money."""
        self._sql(
            f"""
            insert into undo_lead_kept
            select l.id, case when {self._later("l.id")} or {self._later("d.id")} then 'changed_since'
                              when exists (select 1 from payment p where p.workspace_id = l.workspace_id and p.deal_id = d.id)
                              then 'payment' else 'another_open' end
              from undo_change c join lead l on l.workspace_id = %(ws)s and l.id = c.id
              left join deal d on d.workspace_id = l.workspace_id and d.lead_id = l.id
             where c.subject = 'lead' and c.field = 'state'
               and ({self._later("l.id")} or {self._later("d.id")}
                    or exists (select 1 from payment p where p.workspace_id = l.workspace_id and p.deal_id = d.id)
                    or exists (select 1 from lead o where o.workspace_id = l.workspace_id and o.id <> l.id
                         and o.state in ('open', 'on_hold') and o.second_reason = '' and l.second_reason = ''
                         and o.conveyor_id = l.conveyor_id and o.level = l.level
                         and (o.company_id = l.company_id
                              or (o.company_id is null and l.company_id is null and o.contact_id = l.contact_id))))
            on conflict do nothing;
            insert into undo_kept select 'lead', id, why, '' from undo_lead_kept;
            delete from undo_change c using undo_lead_kept k
             where c.id = k.id and c.subject = 'lead' and c.field = any(%(win)s)
            """,
            win=list(WIN),
        )

    def _later(self, subject: str) -> str:
        """SQL: somebody else wrote the record after this batch did."""
        return (
            f"exists (select 1 from journal_entry j where j.workspace_id = %(ws)s and j.subject_id = {subject}"
            " and j.batch_id is distinct from %(batch)s and exists (select 1 from journal_entry m"
            f" where m.workspace_id = %(ws)s and m.subject_id = {subject} and m.batch_id = %(batch)s and m.id < j.id))"
        )

    def _restore(self, model: type[Model]) -> None:
        table = model._meta.db_table
        columns = self._changed_columns(model)
        if not columns:
            return
        if "lead_id" in field_names(model):  # what belongs to a win that stays, stays
            self._sql(
                f"delete from undo_change c using {table} t, undo_lead_kept k"
                f" where c.subject = '{table}' and t.workspace_id = %(ws)s and t.id = c.id and k.id = t.lead_id"
            )
        self._sql(
            f"""
            with other as (
              select c.id, string_agg(c.field, ', ' order by c.field) as fields from undo_change c
                join {table} t on t.workspace_id = %(ws)s and t.id = c.id
               where c.subject = '{table}' and to_jsonb(t) -> c.field is distinct from c.after group by c.id)
            insert into undo_kept select '{table}', id, 'fields', fields from other;
            delete from undo_change c using {table} t
             where c.subject = '{table}' and t.workspace_id = %(ws)s and t.id = c.id
               and to_jsonb(t) -> c.field is distinct from c.after
            """
        )
        version = ""
        if model in VERSIONED:
            version = (
                f", version = case when {self._later('t.id')} then t.version + 1 else t.version - (select count(*)"
                " from journal_entry e where e.workspace_id = %(ws)s and e.subject_id = t.id and e.batch_id = %(batch)s"
                " and e.action in ('changed', 'filled')) end"
            )
        names = ", ".join(f'"{name}"' for name in columns)
        count = self._sql(
            f"""
            with put as (
              update {table} t set ({names}) = (select {names} from jsonb_populate_record(t, x.former)){version}
                from (select id, jsonb_object_agg(field, before) as former from undo_change
                       where subject = '{table}' group by id) x
               where t.workspace_id = %(ws)s and t.id = x.id returning t.id)
            insert into journal_entry (id, workspace_id, at, actor_id, by, subject, subject_id, action, before, after,
                                       reason, batch_id)
            select uuidv7(), %(ws)s, %(at)s, %(actor)s, %(by)s, '{table}', id, 'restored', '{{}}', '{{}}', '', %(batch)s from put
            """
        )
        if model in MAIN and count:
            self.undone.restored[table] = count
        if model in (Company, Contact) and "name_key" in columns:
            self._retitle(model)

    def _restore_versions(self) -> None:
        """Records of which only labels changed: their version goes back with their fields, and the journal tells it."""
        for table in undo_values.TABLES:
            if count := self._sql(undo_values.versions(table)):
                self.undone.restored[table] = self.undone.restored.get(table, 0) + count

    def _changed_columns(self, model: type[Model]) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "select distinct field from undo_change where subject = %s", [model._meta.db_table]
            )
            found = {row[0] for row in cursor.fetchall()}
        return sorted(found & field_names(model))

    def _retitle(self, model: type[Model]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "select id::text from undo_change where subject = %s and field = 'name_key'",
                [model._meta.db_table],
            )
            retitle(model, self.batch.workspace_id, [row[0] for row in cursor.fetchall()])

    # ---- what was made

    def _note_created(self) -> None:
        self._sql(
            """
            insert into undo_doomed select subject, subject_id from journal_entry
             where workspace_id = %(ws)s and batch_id = %(batch)s and action = 'created' on conflict do nothing
            """
        )
        for model, parent in BELONGING:
            table, owner = model._meta.db_table, parent.removesuffix("_id")
            self._sql(
                f"insert into undo_doomed select '{table}', t.id from undo_doomed d join {table} t on t.workspace_id = %(ws)s"
                f" and t.{parent} = d.id where d.subject = '{owner}' on conflict do nothing"
            )
        self._sql(undo_values.SPARE)
        self._sql("analyze undo_doomed")

    def _keep_changed(self) -> None:
        """Records that somebody wrote since; rows that belong to a win that stays; deals of leads that stay won."""
        mains = [model._meta.db_table for model in MAIN]
        self._sql(
            f"""
            insert into undo_kept select d.subject, d.id, 'changed_since', '' from undo_doomed d
             where d.subject = any(%(mains)s) and {self._later("d.id")};
            delete from undo_doomed d using undo_kept k where d.subject = k.subject and d.id = k.id
            """,
            mains=mains,
        )
        for table in ("stage_pass", "handoff", "deal"):
            self._sql(
                f"delete from undo_doomed d using {table} t, undo_lead_kept k"
                f" where d.subject = '{table}' and t.workspace_id = %(ws)s and t.id = d.id and t.lead_id = k.id"
            )
        self._sql(
            """
            delete from undo_doomed d using lead_fact t
             where d.subject = 'lead_fact' and t.workspace_id = %(ws)s and t.id = d.id and t.source <> 'import'
               and not exists (select 1 from undo_doomed l where l.subject = 'lead' and l.id = t.lead_id)
            """
        )

    def _keep_referenced(self) -> int:
        """One round: records that something pointing at them keeps. Returns how many rows were saved; until none is."""
        kept = 0
        for child, column, parent in references():
            kept += self._sql(
                f"""
                with held as (
                  delete from undo_doomed d using {child} c
                   where d.subject = '{parent}' and c.workspace_id = %(ws)s and c.{column} = d.id
                     and not exists (select 1 from undo_doomed o where o.subject = '{child}' and o.id = c.id)
                  returning d.id)
                insert into undo_kept select distinct '{parent}', id, 'used', '{child}' from held
                """
            )
        for model, parent in BELONGING:  # a record that is kept keeps what belongs to it
            table, owner = model._meta.db_table, parent.removesuffix("_id")
            kept += self._sql(  # and these may hold others in turn
                f"""
                delete from undo_doomed d using {table} t, undo_kept k
                 where d.subject = '{table}' and t.workspace_id = %(ws)s and t.id = d.id
                   and k.subject = '{owner}' and k.id = t.{parent} and k.why <> 'fields'
                """
            )
        return kept + self._sql(
            """
            with held as (
              delete from undo_doomed d using deal t join lead l on l.workspace_id = t.workspace_id and l.id = t.lead_id
               where d.subject = 'deal' and t.workspace_id = %(ws)s and t.id = d.id and l.state = 'won'
                 and not exists (select 1 from undo_doomed o where o.subject = 'lead' and o.id = l.id)
              returning d.id)
            insert into undo_kept select 'deal', id, 'used', 'lead' from held
            """
        )

    def _remove(self) -> None:
        points = """
            create temporary table undo_point on commit drop as
            select distinct u.point_id as id from point_use u join undo_doomed d on d.subject = 'point_use' and d.id = u.id
             where u.workspace_id = %(ws)s
            """
        self._sql(points)
        order = dict.fromkeys([*(model for model, _parent in BELONGING), *reversed(MAIN)])
        for model in order:
            table = model._meta.db_table
            count = self._sql(
                f"delete from {table} t using undo_doomed d where d.subject = '{table}' and t.workspace_id = %(ws)s and t.id = d.id"
            )
            if model in MAIN and count:
                self.undone.removed[table] = count
        self._sql(
            """
            insert into journal_entry (id, workspace_id, at, actor_id, by, subject, subject_id, action, before, after, reason,
                                       batch_id)
            select uuidv7(), %(ws)s, %(at)s, %(actor)s, %(by)s, subject, id, 'removed', '{}', '{}', '', %(batch)s
              from undo_doomed where subject = any(%(mains)s)
            """,
            mains=[model._meta.db_table for model in MAIN],
        )
        self._remove_points()

    def _remove_points(self) -> None:
        """Phones and addresses that came with this batch and that nobody has any more."""
        table = ContactPoint._meta.db_table
        unused = " ".join(
            f"and not exists (select 1 from {child} c where c.workspace_id = t.workspace_id and c.{column} = t.id)"
            for child, column, parent in references()
            if parent == table
        )
        self._sql(
            f"delete from {table} t using undo_point p where t.workspace_id = %(ws)s and t.id = p.id"
            f" and t.created_at >= %(started)s {unused}; drop table undo_point",
            started=self.batch.started_at,
        )

    # ---- what is told

    def _list_kept(self) -> None:
        shown = {
            "lead": "coalesce(nullif(t.title, ''), t.external_key, t.id::text)", "company": "t.name", "member": "t.name",
            "contact": "trim(t.last_name || ' ' || t.first_name)", "origin": "t.name", "entry_page": "t.name",
            "deal": "coalesce(t.external_key, t.id::text)", "note": "left(t.body, 60)", "tag": "t.name",
        }  # fmt: skip
        for model in MAIN:
            table = model._meta.db_table
            with connection.cursor() as cursor:
                cursor.execute(
                    f"select t.id::text, {shown[table]}, k.why, k.detail from undo_kept k join {table} t"
                    " on t.workspace_id = %s and t.id = k.id where k.subject = %s order by t.id limit %s",
                    [self.batch.workspace_id, table, LISTED],
                )
                self.undone.kept += [
                    Kept(table, key, name, why_kept(why, detail))
                    for key, name, why, detail in cursor.fetchall()
                ]

    def _sql(self, sql: str, **more: Any) -> int:
        named: dict[str, Any] = {**self.named, **more}
        with connection.cursor() as cursor:
            cursor.execute(sql, named)
            return max(int(cursor.rowcount), 0)
