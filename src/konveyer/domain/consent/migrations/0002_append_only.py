"""Entries and texts are never changed. Only whose an entry is may follow a merge of two records of one person."""

from django.db import migrations

GUARD = """
CREATE FUNCTION consent_unchanged() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) - '{contact_id,point_id}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{contact_id,point_id}'::text[] THEN
    RAISE EXCEPTION 'entries of the consent ledger are never changed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER consent_unchanged BEFORE UPDATE ON consent FOR EACH ROW EXECUTE FUNCTION consent_unchanged();
REVOKE UPDATE, TRUNCATE ON consent_text FROM konveyer_app;
REVOKE TRUNCATE ON consent FROM konveyer_app;
"""
BACK = """
DROP TRIGGER consent_unchanged ON consent;
DROP FUNCTION consent_unchanged();
GRANT UPDATE ON consent_text TO konveyer_app;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, BACK)]
