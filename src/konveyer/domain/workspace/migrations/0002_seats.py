"""Which workspaces a user may enter: the one question asked before a workspace is entered."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION seats_of_user(asked uuid)
RETURNS TABLE (workspace_id uuid, member_id uuid, slug varchar, name varchar, member_name varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.id, m.id, w.slug, w.name, m.name
    FROM member m JOIN workspace w ON w.id = m.workspace_id
   WHERE m.user_id = asked AND m.active
   ORDER BY w.name, w.id
$$;
CREATE FUNCTION workspace_of_token(asked varchar)
RETURNS TABLE (workspace_id uuid, token_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.workspace_id, t.id FROM access_token t WHERE t.token_hash = asked
$$;
CREATE FUNCTION workspace_of_invitation(asked varchar)
RETURNS TABLE (workspace_id uuid, invitation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.workspace_id, i.id FROM invitation i WHERE i.token_hash = asked
$$;
REVOKE ALL ON FUNCTION seats_of_user(uuid), workspace_of_token(varchar), workspace_of_invitation(varchar) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seats_of_user(uuid), workspace_of_token(varchar), workspace_of_invitation(varchar)
  TO konveyer_app;
CREATE INDEX member_by_user ON member (user_id) WHERE user_id IS NOT NULL;
CREATE UNIQUE INDEX access_token_by_hash ON access_token (token_hash);
CREATE UNIQUE INDEX invitation_by_hash ON invitation (token_hash);
"""
CACHE = """
CREATE TABLE cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("workspace", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, migrations.RunSQL.noop),
        migrations.RunSQL(CACHE, "DROP TABLE cache"),
    ]
