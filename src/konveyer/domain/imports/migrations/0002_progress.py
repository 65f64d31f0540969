"""Chunks may be done out of order; and fresh statistics in the middle of a long import.

Foreign key checks keep their plan for a whole session. Made while a table is almost empty, it may walk all rows of
the workspace for each check; ANALYZE makes it anew.
"""

from django.db import migrations, models

ANALYZE = """
CREATE FUNCTION analyze_imported() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  ANALYZE origin, entry_page, member, company, contact, contact_point, point_use, employment, lead, stage_pass, lead_fact,
          deal, handoff, import_batch;
END $$;
REVOKE ALL ON FUNCTION analyze_imported() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION analyze_imported() TO konveyer_app;
"""


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial"), ("deals", "0002_won_together"), ("people", "0001_initial")]
    operations = [
        migrations.AddField("batch", "ahead", models.JSONField(default=list)),
        migrations.RunSQL(ANALYZE, "DROP FUNCTION analyze_imported()"),
    ]
