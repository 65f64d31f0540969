"""The marks of stage passes for many rows at once.

The former statement joined stages and all passes of the workspace; in a base without statistics (the first import after
the installation) it read every pass for every new one, and in any base it cost more than the insert itself. Now a new
pass looks at its lead, and at passes of that lead entered after it, whose place as the first entry it may take. A pass
changed or gone looks at all passes of its lead. Months marked for nothing are only counted again.

OFFSET 0 keeps the look-ups look-ups by the lead's own index, whatever the planner knows of the table.
"""

from django.db import migrations

SQL = """
CREATE OR REPLACE FUNCTION funnel_pass_written() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed text := CASE TG_OP
    WHEN 'INSERT' THEN 'select workspace_id, lead_id, entered_at from new_rows'
    WHEN 'DELETE' THEN 'select workspace_id, lead_id, entered_at from old_rows'
    ELSE 'select o.workspace_id, v.* from old_rows o join new_rows n on n.id = o.id,
            lateral (values (o.lead_id, o.entered_at), (n.lead_id, n.entered_at)) v(lead_id, entered_at)
           where (o.lead_id, o.stage_id, o.entered_at) is distinct from (n.lead_id, n.stage_id, n.entered_at)'
    END;
  touched text := CASE TG_OP WHEN 'INSERT' THEN 'and p.entered_at > c.entered_at' ELSE '' END;
BEGIN
  EXECUTE format($mark$
    WITH changed AS MATERIALIZED (%s),
    moments AS (
      SELECT DISTINCT workspace_id, entered_at FROM changed
      UNION
      SELECT c.workspace_id, o.entered_at
        FROM changed c, LATERAL (
          SELECT p.entered_at FROM stage_pass p
           WHERE p.workspace_id = c.workspace_id AND p.lead_id = c.lead_id %s OFFSET 0) o
    ),
    days AS (
      SELECT l.workspace_id, d.day
        FROM changed c, LATERAL (
          SELECT l.workspace_id, l.arrived_on, l.won_on FROM lead l
           WHERE l.workspace_id = c.workspace_id AND l.id = c.lead_id OFFSET 0) l,
             LATERAL (VALUES (l.arrived_on), (l.won_on)) d(day)
      UNION
      SELECT m.workspace_id, (m.entered_at AT TIME ZONE w.timezone)::date
        FROM moments m JOIN workspace w ON w.id = m.workspace_id
    )
    INSERT INTO funnel_dirty_month (workspace_id, month)
    SELECT DISTINCT workspace_id, date_trunc('month', day::timestamp)::date FROM days WHERE day IS NOT NULL
  $mark$, changed, touched);
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("insight", "0002_marks")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
