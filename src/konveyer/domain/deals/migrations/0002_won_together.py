"""A won lead has a won deal, and a won deal stands on a won lead: checked at commit."""

from django.db import migrations

SQL = """
CREATE FUNCTION lead_and_deal_won_together() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ws uuid; which uuid; lead_won boolean; deal_won boolean;
BEGIN
  IF TG_OP = 'DELETE' THEN
    ws := OLD.workspace_id; which := OLD.lead_id;
  ELSIF TG_TABLE_NAME = 'deal' THEN
    ws := NEW.workspace_id; which := NEW.lead_id;
  ELSE
    ws := NEW.workspace_id; which := NEW.id;
  END IF;
  SELECT l.state = 'won', coalesce(d.status = 'won', false) INTO lead_won, deal_won
    FROM lead l LEFT JOIN deal d ON d.workspace_id = l.workspace_id AND d.lead_id = l.id
   WHERE l.workspace_id = ws AND l.id = which;
  IF FOUND AND lead_won <> deal_won THEN
    RAISE EXCEPTION 'lead % and its deal are not won together', which
      USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_and_deal_won_together';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER won_together AFTER INSERT ON lead DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'won') EXECUTE FUNCTION lead_and_deal_won_together();
CREATE CONSTRAINT TRIGGER won_together_change AFTER UPDATE OF state ON lead DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'won' OR OLD.state = 'won') EXECUTE FUNCTION lead_and_deal_won_together();
CREATE CONSTRAINT TRIGGER won_together AFTER INSERT ON deal DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.status = 'won') EXECUTE FUNCTION lead_and_deal_won_together();
CREATE CONSTRAINT TRIGGER won_together_change AFTER UPDATE OF status, lead_id ON deal DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.status = 'won' OR OLD.status = 'won') EXECUTE FUNCTION lead_and_deal_won_together();
CREATE CONSTRAINT TRIGGER won_together_delete AFTER DELETE ON deal DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.status = 'won') EXECUTE FUNCTION lead_and_deal_won_together();
"""


class Migration(migrations.Migration):
    dependencies = [("deals", "0001_initial"), ("leads", "0002_next_task_is_open")]
    operations = [
        migrations.RunSQL(
            SQL,
            "DROP TRIGGER won_together ON lead; DROP TRIGGER won_together_change ON lead; "
            "DROP TRIGGER won_together ON deal; DROP TRIGGER won_together_change ON deal; "
            "DROP TRIGGER won_together_delete ON deal; DROP FUNCTION lead_and_deal_won_together()",
        )
    ]
