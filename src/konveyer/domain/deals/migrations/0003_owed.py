"""What is owed stands with the deal: the bookkeeper's day asks one index instead of adding up every deal's payments.

`received` is the sum of the deal's payments, refunds taken off; a trigger on payments keeps it, `konveyer reconcile` holds
the two together. `owed` is true for a deal on its way or won that has an amount and did not get all of it.
"""

from django.db import migrations

SQL = """
ALTER TABLE deal ADD COLUMN received numeric(14, 2) NOT NULL DEFAULT 0;
CREATE FUNCTION payment_sums() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE deal SET received = received - CASE OLD.kind WHEN 'refund' THEN -OLD.amount ELSE OLD.amount END
     WHERE workspace_id = OLD.workspace_id AND id = OLD.deal_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE deal SET received = received + CASE NEW.kind WHEN 'refund' THEN -NEW.amount ELSE NEW.amount END
     WHERE workspace_id = NEW.workspace_id AND id = NEW.deal_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER payment_sums AFTER INSERT OR DELETE OR UPDATE OF amount, kind, deal_id ON payment
  FOR EACH ROW EXECUTE FUNCTION payment_sums();
ALTER TABLE payment ENABLE ALWAYS TRIGGER payment_sums;
"""
FILL = """
UPDATE deal d SET received = p.received
  FROM (SELECT workspace_id, deal_id, sum(CASE kind WHEN 'refund' THEN -amount ELSE amount END) AS received
          FROM payment GROUP BY 1, 2) p
 WHERE p.workspace_id = d.workspace_id AND p.deal_id = d.id;
"""
OWED = """
ALTER TABLE deal ADD COLUMN owed boolean GENERATED ALWAYS AS
  (NOT history AND status IN ('open', 'won') AND coalesce(amount, 0) > received) STORED;
CREATE INDEX deal_owed ON deal (workspace_id, status_at DESC, id DESC) WHERE owed;
"""


class Migration(migrations.Migration):
    dependencies = [("deals", "0002_won_together")]
    operations = [
        migrations.RunSQL(SQL, "ALTER TABLE deal DROP COLUMN received; DROP FUNCTION payment_sums CASCADE"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(OWED, "ALTER TABLE deal DROP COLUMN owed"),
    ]
