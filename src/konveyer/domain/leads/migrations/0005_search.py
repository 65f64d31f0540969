"""Search over leads by their own words (see people 0002), and the order of the list by name and by amount."""

from django.db import migrations

SQL = """
ALTER TABLE lead ADD COLUMN search tsvector GENERATED ALWAYS AS (
  array_to_tsvector(ARRAY['w' || replace(workspace_id::text, '-', '')])
  || setweight(to_tsvector('simple', translate(title_key, '-./_', '    ')), 'A')
  || setweight(to_tsvector('russian', translate(title_key, '-./_', '    ')), 'B')
  || setweight(to_tsvector('simple', lower(translate(title, 'ёЁ-./_', 'ее    '))), 'A')
  || setweight(to_tsvector('russian', lower(translate(title, 'ёЁ-./_', 'ее    '))), 'B')
) STORED;
CREATE INDEX lead_search ON lead USING gin (search) WITH (gin_pending_list_limit = 1024);
GRANT SELECT ON lead TO konveyer_search;
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0004_board_indexes"), ("people", "0002_search")]
    operations = [
        migrations.RunSQL(SQL, "REVOKE SELECT ON lead FROM konveyer_search; ALTER TABLE lead DROP COLUMN search")
    ]
