"""`bulk_insert` checks keys of more than two columns, too: a value of an own field names its field with its kind, and an
option of that very field. Set by set as the others: every combination that stands in the rows, none of it null, is there.

The narrow keys of the same columns come first and hold the parents FOR KEY SHARE, so what is there stays until the commit.
"""

from django.db import migrations

FORMER = """
CREATE OR REPLACE FUNCTION bulk_insert(target regclass, moving text[], fixed jsonb, skip_known boolean) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
DECLARE
  ws uuid := current_setting('konveyer.workspace')::uuid;
  key record; rows bigint; quick boolean; constants text[];
BEGIN
  PERFORM bulk_refuse_unless_plain(target);
  fixed := (fixed - moving) || jsonb_build_object('workspace_id', ws);
  IF 'workspace_id' = ANY (moving) THEN RAISE insufficient_privilege; END IF;
  constants := ARRAY(SELECT jsonb_object_keys(fixed));
  quick := has_parameter_privilege(current_user, 'session_replication_role', 'SET') AND NOT EXISTS (
    SELECT FROM pg_trigger t WHERE t.tgrelid = target AND NOT t.tgisinternal AND t.tgenabled <> 'A') AND NOT EXISTS (
    SELECT FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.conrelid = target AND c.contype = 'f' AND array_length(c.conkey, 1) = 1 AND a.attname <> 'workspace_id');
  IF quick THEN
    FOR key IN
      SELECT c.conname, c.confrelid::regclass AS parent, a.attname AS col, array_length(c.conkey, 1) AS width
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[array_length(c.conkey, 1)]
       WHERE c.conrelid = target AND c.contype = 'f'
    LOOP
      IF key.width = 1 THEN  -- only the workspace itself: its row is held once
        EXECUTE format('SELECT count(*) FROM (SELECT FROM %s WHERE id = $1 FOR KEY SHARE) held', key.parent) INTO rows USING ws;
        IF rows = 0 THEN RAISE foreign_key_violation USING MESSAGE = key.conname; END IF;
      ELSIF key.col = ANY (moving) THEN
        PERFORM bulk_check_key(target, key.conname, key.parent, key.col, NULL, ws);
      ELSIF fixed ->> key.col IS NOT NULL THEN
        PERFORM bulk_check_key(target, key.conname, key.parent, key.col, (fixed ->> key.col)::uuid, ws);
      END IF;
    END LOOP;
    PERFORM set_config('session_replication_role', 'replica', true);
  END IF;
  EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM pg_temp.staged_rows s CROSS JOIN jsonb_populate_record(NULL::%s, $1) f%s',
    target,
    (SELECT string_agg(quote_ident(n), ', ') FROM unnest(moving || constants) n),
    (SELECT string_agg(x, ', ') FROM (SELECT 's.' || quote_ident(n) FROM unnest(moving) n
      UNION ALL SELECT 'f.' || quote_ident(n) FROM unnest(constants) n) q(x)),
    target, CASE WHEN skip_known THEN ' ON CONFLICT DO NOTHING' ELSE '' END) USING fixed;
  GET DIAGNOSTICS rows = ROW_COUNT;
  IF quick THEN PERFORM set_config('session_replication_role', 'origin', true); END IF;
  RETURN rows;
END $$;
"""
SQL = """
CREATE FUNCTION bulk_check_wide(target regclass, con oid, moving text[], fixed jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_catalog, pg_temp AS $$
DECLARE
  parent regclass; conname name; said text; filled text; same text; missing bigint;
BEGIN
  SELECT c.confrelid::regclass, c.conname,
         string_agg(format('%s.%I AS c%s', CASE WHEN a.attname = ANY (moving) THEN 's' ELSE 'f' END, a.attname, k.at), ', '),
         string_agg(format('x.c%s IS NOT NULL', k.at), ' AND '), string_agg(format('p.%I = x.c%s', b.attname, k.at), ' AND ')
    INTO parent, conname, said, filled, same
    FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY k(own, other, at)
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.own
    JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.other
   WHERE c.oid = con GROUP BY c.confrelid, c.conname;
  EXECUTE format('SELECT count(*) FROM (SELECT DISTINCT %s FROM pg_temp.staged_rows s CROSS JOIN jsonb_populate_record(NULL::%s, $1) f) x'
    ' WHERE %s AND NOT EXISTS (SELECT FROM %s p WHERE %s)', said, target, filled, parent, same) INTO missing USING fixed;
  IF missing > 0 THEN
    RAISE foreign_key_violation USING CONSTRAINT = conname, TABLE = target::text,
      MESSAGE = format('insert on table "%s" violates foreign key constraint "%s"', target, conname);
  END IF;
END $$;
REVOKE ALL ON FUNCTION bulk_check_wide FROM PUBLIC;

CREATE OR REPLACE FUNCTION bulk_insert(target regclass, moving text[], fixed jsonb, skip_known boolean) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
DECLARE
  ws uuid := current_setting('konveyer.workspace')::uuid;
  key record; rows bigint; quick boolean; constants text[];
BEGIN
  PERFORM bulk_refuse_unless_plain(target);
  fixed := (fixed - moving) || jsonb_build_object('workspace_id', ws);
  IF 'workspace_id' = ANY (moving) THEN RAISE insufficient_privilege; END IF;
  constants := ARRAY(SELECT jsonb_object_keys(fixed));
  quick := has_parameter_privilege(current_user, 'session_replication_role', 'SET') AND NOT EXISTS (
    SELECT FROM pg_trigger t WHERE t.tgrelid = target AND NOT t.tgisinternal AND t.tgenabled <> 'A') AND NOT EXISTS (
    SELECT FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.conrelid = target AND c.contype = 'f' AND array_length(c.conkey, 1) = 1 AND a.attname <> 'workspace_id');
  IF quick THEN
    FOR key IN
      SELECT c.conname, c.confrelid::regclass AS parent, a.attname AS col, array_length(c.conkey, 1) AS width, c.oid AS con
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[array_length(c.conkey, 1)]
       WHERE c.conrelid = target AND c.contype = 'f' ORDER BY width
    LOOP
      IF key.width = 1 THEN  -- only the workspace itself: its row is held once
        EXECUTE format('SELECT count(*) FROM (SELECT FROM %s WHERE id = $1 FOR KEY SHARE) held', key.parent) INTO rows USING ws;
        IF rows = 0 THEN RAISE foreign_key_violation USING MESSAGE = key.conname; END IF;
      ELSIF key.width > 2 THEN
        PERFORM bulk_check_wide(target, key.con, moving, fixed);
      ELSIF key.col = ANY (moving) THEN
        PERFORM bulk_check_key(target, key.conname, key.parent, key.col, NULL, ws);
      ELSIF fixed ->> key.col IS NOT NULL THEN
        PERFORM bulk_check_key(target, key.conname, key.parent, key.col, (fixed ->> key.col)::uuid, ws);
      END IF;
    END LOOP;
    PERFORM set_config('session_replication_role', 'replica', true);
  END IF;
  EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM pg_temp.staged_rows s CROSS JOIN jsonb_populate_record(NULL::%s, $1) f%s',
    target,
    (SELECT string_agg(quote_ident(n), ', ') FROM unnest(moving || constants) n),
    (SELECT string_agg(x, ', ') FROM (SELECT 's.' || quote_ident(n) FROM unnest(moving) n
      UNION ALL SELECT 'f.' || quote_ident(n) FROM unnest(constants) n) q(x)),
    target, CASE WHEN skip_known THEN ' ON CONFLICT DO NOTHING' ELSE '' END) USING fixed;
  GET DIAGNOSTICS rows = ROW_COUNT;
  IF quick THEN PERFORM set_config('session_replication_role', 'origin', true); END IF;
  RETURN rows;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("postgres_roles", "0002_bulk_insert")]
    operations = [migrations.RunSQL(SQL, FORMER + "DROP FUNCTION bulk_check_wide;")]
