"""Writes mark the months whose figures they could change, in the same transaction.

Statement triggers, so that an import of a million rows leaves a mark per month, not per row; marks are never unique,
so that writers do not wait for each other.
"""

from django.db import migrations

SQL = """
CREATE FUNCTION funnel_lead_written() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO funnel_dirty_month (workspace_id, month)
    SELECT DISTINCT n.workspace_id, date_trunc('month', d.day::timestamp)::date
      FROM new_rows n, LATERAL (VALUES (n.arrived_on), (n.won_on)) d(day) WHERE d.day IS NOT NULL;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO funnel_dirty_month (workspace_id, month)
    SELECT DISTINCT o.workspace_id, date_trunc('month', d.day::timestamp)::date
      FROM old_rows o, LATERAL (VALUES (o.arrived_on), (o.won_on)) d(day) WHERE d.day IS NOT NULL;
  ELSE
    INSERT INTO funnel_dirty_month (workspace_id, month)
    SELECT DISTINCT n.workspace_id, date_trunc('month', d.day::timestamp)::date
      FROM old_rows o JOIN new_rows n ON n.id = o.id,
           LATERAL (VALUES (o.arrived_on), (o.won_on), (n.arrived_on), (n.won_on)) d(day)
     WHERE d.day IS NOT NULL
       AND (o.arrived_on, o.won_on, o.conveyor_id, o.origin_id, o.page_id, o.telemarketer_id, o.closer_id, o.credit_from_deals)
           IS DISTINCT FROM
           (n.arrived_on, n.won_on, n.conveyor_id, n.origin_id, n.page_id, n.telemarketer_id, n.closer_id, n.credit_from_deals);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER funnel_lead_insert AFTER INSERT ON lead REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION funnel_lead_written();
CREATE TRIGGER funnel_lead_delete AFTER DELETE ON lead REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION funnel_lead_written();
CREATE TRIGGER funnel_lead_update AFTER UPDATE ON lead REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION funnel_lead_written();

-- A pass changes the month of its lead's arrival, that of its win, and that of the first entry into the stage, which
-- may now be another pass of the same lead and stage.
CREATE FUNCTION funnel_pass_written() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE changed text := CASE TG_OP
  WHEN 'INSERT' THEN 'select workspace_id, lead_id, stage_id, entered_at from new_rows'
  WHEN 'DELETE' THEN 'select workspace_id, lead_id, stage_id, entered_at from old_rows'
  ELSE 'select o.workspace_id, v.* from old_rows o join new_rows n on n.id = o.id,
          lateral (values (o.lead_id, o.stage_id, o.entered_at), (n.lead_id, n.stage_id, n.entered_at))
            v(lead_id, stage_id, entered_at)
         where (o.lead_id, o.stage_id, o.entered_at) is distinct from (n.lead_id, n.stage_id, n.entered_at)'
  END;
BEGIN
  EXECUTE format($mark$
    WITH changed AS MATERIALIZED (%s)
    INSERT INTO funnel_dirty_month (workspace_id, month)
    SELECT DISTINCT found.workspace_id, date_trunc('month', found.day::timestamp)::date
      FROM (SELECT c.workspace_id, d.day
              FROM changed c JOIN lead l ON l.workspace_id = c.workspace_id AND l.id = c.lead_id,
                   LATERAL (VALUES (l.arrived_on), (l.won_on)) d(day)
            UNION ALL
            SELECT c.workspace_id, (c.entered_at AT TIME ZONE w.timezone)::date
              FROM changed c JOIN workspace w ON w.id = c.workspace_id
            UNION ALL
            SELECT c.workspace_id, (p.entered_at AT TIME ZONE w.timezone)::date
              FROM changed c
              JOIN stage s ON s.workspace_id = c.workspace_id AND s.id = c.stage_id
              JOIN stage_pass p ON p.workspace_id = c.workspace_id AND p.lead_id = c.lead_id
              JOIN stage t ON t.workspace_id = p.workspace_id AND t.id = p.stage_id AND t.key = s.key
              JOIN workspace w ON w.id = c.workspace_id) found
     WHERE found.day IS NOT NULL
  $mark$, changed);
  RETURN NULL;
END $$;
CREATE TRIGGER funnel_pass_insert AFTER INSERT ON stage_pass REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION funnel_pass_written();
CREATE TRIGGER funnel_pass_delete AFTER DELETE ON stage_pass REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION funnel_pass_written();
CREATE TRIGGER funnel_pass_update AFTER UPDATE ON stage_pass REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION funnel_pass_written();

-- Another zone moves entries to other days, another key or conveyor of a stage renames its cells: all months anew.
CREATE FUNCTION funnel_all_months_dirty() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE which uuid := CASE TG_TABLE_NAME WHEN 'workspace' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'workspace_id')::uuid END;
BEGIN
  INSERT INTO funnel_dirty_month (workspace_id, month)
  SELECT workspace_id, month FROM funnel_counted_month WHERE workspace_id = which;
  RETURN NULL;
END $$;
CREATE TRIGGER funnel_zone_changed AFTER UPDATE ON workspace FOR EACH ROW
  WHEN (OLD.timezone IS DISTINCT FROM NEW.timezone) EXECUTE FUNCTION funnel_all_months_dirty();
CREATE TRIGGER funnel_stage_changed AFTER UPDATE ON stage FOR EACH ROW
  WHEN ((OLD.key, OLD.conveyor_version_id) IS DISTINCT FROM (NEW.key, NEW.conveyor_version_id))
  EXECUTE FUNCTION funnel_all_months_dirty();

INSERT INTO funnel_dirty_month (workspace_id, month)
SELECT workspace_id, date_trunc('month', arrived_on::timestamp)::date FROM lead
UNION SELECT workspace_id, date_trunc('month', won_on::timestamp)::date FROM lead WHERE won_on IS NOT NULL
UNION SELECT p.workspace_id, date_trunc('month', p.entered_at AT TIME ZONE w.timezone)::date
        FROM stage_pass p JOIN workspace w ON w.id = p.workspace_id;
"""

UNDO = """
DROP TRIGGER funnel_stage_changed ON stage;
DROP TRIGGER funnel_zone_changed ON workspace;
DROP TRIGGER funnel_pass_update ON stage_pass;
DROP TRIGGER funnel_pass_delete ON stage_pass;
DROP TRIGGER funnel_pass_insert ON stage_pass;
DROP TRIGGER funnel_lead_update ON lead;
DROP TRIGGER funnel_lead_delete ON lead;
DROP TRIGGER funnel_lead_insert ON lead;
DROP FUNCTION funnel_all_months_dirty();
DROP FUNCTION funnel_pass_written();
DROP FUNCTION funnel_lead_written();
DELETE FROM funnel_dirty_month;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0001_initial"),
        ("conveyor", "0001_initial"),
        ("leads", "0003_credited_and_passes_by_time"),
    ]
    operations = [migrations.RunSQL(SQL, UNDO)]
