"""Nothing is dropped: at commit, the next task of an open lead is a task of that lead and still open."""

from django.db import migrations

SQL = """
CREATE FUNCTION open_lead_has_open_task() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE bad uuid;
BEGIN
  IF TG_TABLE_NAME = 'task' THEN
    SELECT l.id INTO bad FROM lead l JOIN task t ON t.workspace_id = l.workspace_id AND t.id = l.next_task_id
     WHERE l.workspace_id = NEW.workspace_id AND l.next_task_id = NEW.id AND l.state = 'open'
       AND (t.done_at IS NOT NULL OR t.cancelled_at IS NOT NULL);
  ELSE
    SELECT l.id INTO bad FROM lead l LEFT JOIN task t ON t.workspace_id = l.workspace_id AND t.id = l.next_task_id
     WHERE l.workspace_id = NEW.workspace_id AND l.id = NEW.id AND l.state = 'open' AND l.next_task_id IS NOT NULL
       AND (t.id IS NULL OR t.lead_id <> l.id OR t.done_at IS NOT NULL OR t.cancelled_at IS NOT NULL);
  END IF;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'open lead % has no open next task', bad
      USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_next_task_open';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER lead_next_task_open AFTER UPDATE OF done_at, cancelled_at ON task
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.done_at IS NOT NULL OR NEW.cancelled_at IS NOT NULL) EXECUTE FUNCTION open_lead_has_open_task();
CREATE CONSTRAINT TRIGGER lead_next_task_open AFTER INSERT OR UPDATE OF next_task_id, state ON lead
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'open' AND NEW.next_task_id IS NOT NULL) EXECUTE FUNCTION open_lead_has_open_task();
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial")]
    operations = [
        migrations.RunSQL(
            SQL,
            "DROP TRIGGER lead_next_task_open ON lead; DROP TRIGGER lead_next_task_open ON task; "
            "DROP FUNCTION open_lead_has_open_task()",
        )
    ]
