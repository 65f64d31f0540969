"""`bulk_insert`: many staged rows into a table of the current workspace, their keys checked set by set.

PostgreSQL checks a foreign key row by row: one look into the parent's index for every row and key, which is a third of
the work of a large import. This function asks the same question once for all rows: every parent that is named exists in
this workspace (one query a key), and is locked FOR KEY SHARE against going away before the commit. Only then it inserts
with the row-wise checks off (`session_replication_role`, which the owner is granted; where it is not, they stay on and
the result is the same, only later). Checks, unique keys and our own triggers, which are ENABLE ALWAYS, hold as ever.

It runs as the owner, since the application may not switch anything off. So it trusts nothing it is given: the
workspace is the one that the transaction entered, the target a table that the caller may insert into, the source the caller's
own plain temporary table `staged_rows` with built-in types, columns go through %I and constants through jsonb.
"""

from django.db import migrations

SQL = """
CREATE FUNCTION bulk_refuse_unless_plain(target regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT has_table_privilege(session_user, target, 'INSERT') OR NOT EXISTS (
    SELECT FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
     WHERE c.oid = target AND c.relkind = 'r' AND c.relrowsecurity AND c.relnamespace = 'public'::regnamespace)
  THEN RAISE insufficient_privilege USING MESSAGE = format('no bulk insert into %s', target); END IF;
  IF NOT EXISTS (
    SELECT FROM pg_class c WHERE c.oid = to_regclass('pg_temp.staged_rows') AND c.relkind = 'r' AND c.relpersistence = 't'
       AND NOT (c.relrowsecurity OR c.relhasrules OR c.relhasindex OR c.relhassubclass OR c.relhastriggers)
       AND NOT EXISTS (SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               AND (a.attgenerated <> '' OR t.typnamespace <> 'pg_catalog'::regnamespace)))
  THEN RAISE insufficient_privilege USING MESSAGE = 'staged_rows is not a plain temporary table'; END IF;
END $$;

CREATE FUNCTION bulk_check_key(target regclass, conname name, parent regclass, col name, given uuid, ws uuid) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE named uuid[] := ARRAY[given]; missing uuid;
BEGIN
  IF given IS NULL THEN
    EXECUTE format('SELECT array_agg(DISTINCT %I) FROM pg_temp.staged_rows WHERE %I IS NOT NULL', col, col) INTO named;
  END IF;
  -- Rows of this very transaction cannot go away under it; the others are held until it ends. The workspace is asked in a
  -- form that no index answers: in a base without statistics the planner would read all its rows for every key.
  EXECUTE format('SELECT count(*) FROM (SELECT FROM %s p WHERE p.id = ANY ($1)'
    ' AND p.xmin <> pg_current_xact_id()::xid FOR KEY SHARE OF p) held', parent) USING named;
  EXECUTE format('SELECT n.id FROM unnest($1) n(id) WHERE NOT EXISTS (SELECT FROM %s p'
    ' WHERE p.id = n.id AND p.workspace_id IS NOT DISTINCT FROM $2 OFFSET 0) LIMIT 1', parent) INTO missing USING named, ws;
  IF missing IS NOT NULL THEN
    RAISE foreign_key_violation USING CONSTRAINT = conname, TABLE = target::text,
      MESSAGE = format('insert on table "%s" violates foreign key constraint "%s"', target, conname),
      DETAIL = format('Key (workspace_id, %s)=(%s, %s) is not present in table "%s".', col, ws, missing, parent);
  END IF;
END $$;

CREATE FUNCTION bulk_insert(target regclass, moving text[], fixed jsonb, skip_known boolean) RETURNS bigint
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
REVOKE ALL ON FUNCTION bulk_insert, bulk_check_key, bulk_refuse_unless_plain FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bulk_insert TO konveyer_app;
"""

UNDO = "DROP FUNCTION bulk_insert; DROP FUNCTION bulk_check_key; DROP FUNCTION bulk_refuse_unless_plain;"


class Migration(migrations.Migration):
    dependencies = [("postgres_roles", "0001_privileges")]
    operations = [migrations.RunSQL(SQL, UNDO)]
