"""Our own triggers fire also while `bulk_insert` has the row-wise key checks off; `tests/unit/test_isolation.py` holds it."""

from django.db import migrations

SQL = """
DO $$ DECLARE one record; BEGIN
  FOR one IN
    SELECT t.tgrelid::regclass AS tab, t.tgname FROM pg_trigger t
     WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND EXISTS (
       SELECT FROM pg_attribute a WHERE a.attrelid = t.tgrelid AND a.attname = 'workspace_id')
  LOOP EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', one.tab, one.tgname); END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0003_marks_in_bulk"),
        ("deals", "0002_won_together"),
        ("leads", "0007_board_filters"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
