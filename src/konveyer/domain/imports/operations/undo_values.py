"""Taking back what a batch wrote into own fields: its rows go, those they stood for come back as they were.

A value that somebody changed since (its rows are no longer those of the batch) is kept and named with its record.
"""

from __future__ import annotations

TABLES = ("company", "contact", "lead")
TABLE = """
    create temporary table undo_value (id uuid, way text, subject text, record uuid, field uuid, was jsonb,
                                       kept boolean default false) on commit drop;
    create temporary table undo_told (subject text, id uuid, filled bigint, tagged boolean, first uuid, later boolean default false,
                                      primary key (subject, id)) on commit drop;
"""
# What the journal says of rows of own fields, but for those that came and went within the batch; then what is kept.
NOTE = """
    insert into undo_value (id, way, subject, record, field, was)
    select e.subject_id, e.action, s.subject, s.record, s.field, p.before
      from journal_entry e
      left join journal_personal_value p on p.workspace_id = e.workspace_id and p.entry_id = e.id and p.field = 'row'
     cross join lateral (
           select case when x ? 'company_id' then 'company' when x ? 'contact_id' then 'contact' else 'lead' end,
                  coalesce(x ->> 'company_id', x ->> 'contact_id', x ->> 'lead_id')::uuid, (x ->> 'field_id')::uuid
             from (select case e.action when 'created' then e.after else e.before end) y(x)) s(subject, record, field)
     where e.workspace_id = %(ws)s and e.batch_id = %(batch)s and e.subject = 'field_value'
       and e.action in ('created', 'removed');
    delete from undo_value a using undo_value b where a.id = b.id and a.way <> b.way;
    create index on undo_value (record, field);
    analyze undo_value;
    update undo_value set kept = true where way = 'removed' and was is null;
    update undo_value v set kept = true
      from (select distinct m.record, m.field
              from undo_value m left join field_value t on t.workspace_id = %(ws)s and t.id = m.id
             where m.way = 'created' and coalesce(t.company_id, t.contact_id, t.lead_id) is distinct from m.record) k
     where k.record = v.record and k.field = v.field;
    insert into undo_kept
    select v.subject, v.record, 'fields', string_agg(distinct f.name, ', ' order by f.name)
      from undo_value v join custom_field f on f.workspace_id = %(ws)s and f.id = v.field
     where v.kept group by v.subject, v.record;
    insert into undo_told (subject, id, filled, tagged, first)
    select subject, subject_id, count(*) filter (where action = 'filled'), bool_or(action = 'tagged'), min(id::text)::uuid
      from journal_entry
     where workspace_id = %(ws)s and batch_id = %(batch)s and subject in ('company', 'contact', 'lead')
     group by 1, 2 having bool_or(action in ('filled', 'tagged'));
    delete from undo_told t
     where not t.tagged and not exists (select 1 from undo_value v where v.record = t.id and not v.kept);
    analyze undo_told;
    update undo_told t set later = true from journal_entry j
     where j.workspace_id = %(ws)s and j.subject_id = t.id and j.id > t.first and j.batch_id is distinct from %(batch)s
"""
SPARE = (
    "delete from undo_doomed d using undo_value v where d.subject = 'field_value' and d.id = v.id and v.kept"
)
# After everything that goes is gone: of records that are there still, and where nothing else stands by now.
PUT_BACK = "; ".join(
    f"""
    insert into field_value
    select (jsonb_populate_record(null::field_value, v.was)).*
      from undo_value v join {table} r on r.workspace_id = %(ws)s and r.id = v.record
     where v.way = 'removed' and v.subject = '{table}' and not v.kept
       and not exists (select 1 from field_value t where t.workspace_id = %(ws)s and t.{table}_id = v.record
                          and t.field_id = v.field)
    """
    for table in TABLES
)


def versions(table: str) -> str:
    """SQL: records of which the batch changed labels only. Who wrote them since was asked of all at once, in NOTE."""
    return f"""
        with put as (
          update {table} t
             set version = case when x.filled = 0 then t.version when x.later then t.version + 1 else t.version - x.filled end
            from undo_told x
           where x.subject = '{table}' and t.workspace_id = %(ws)s and t.id = x.id
             and not exists (select 1 from undo_change c where c.subject = '{table}' and c.id = t.id)
          returning t.id)
        insert into journal_entry (id, workspace_id, at, actor_id, by, subject, subject_id, action, before, after, reason, batch_id)
        select uuidv7(), %(ws)s, %(at)s, %(actor)s, %(by)s, '{table}', id, 'restored', '{{}}', '{{}}', '', %(batch)s from put
    """
