"""The journal is append-only for the application. Erasure alone may empty free texts in it, through one function.

Of entries on the person's records, or that name him, numbers, codes, moments and references stay; every other text becomes {"erased": true}.
Elsewhere his words are struck out. Nothing is added, removed or dated anew.
"""

from django.db import migrations

FUNCTIONS = r"""
CREATE FUNCTION erased_values(told jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(jsonb_object_agg(k, CASE
    WHEN jsonb_typeof(v) IN ('number', 'boolean', 'null') THEN v
    WHEN jsonb_typeof(v) = 'string' AND (k ~ '(_id|_at|_on)$' OR k IN ('state', 'temperature', 'status', 'amount', 'currency', 'level',
         'direction', 'channel', 'outcome', 'purpose', 'source', 'due', 'sha256', 'merged_from', 'merged_into')) THEN v
    ELSE '{"erased": true}'::jsonb END), '{}'::jsonb) FROM jsonb_each(told) e (k, v)
$$;
CREATE FUNCTION struck_out(told text, words text[], mark text) RETURNS text LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE word text;
BEGIN
  FOREACH word IN ARRAY words LOOP told := replace(told, word, mark); END LOOP;
  RETURN told;
END $$;
CREATE FUNCTION erase_from_journal(ids uuid[], words text[], mark text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ws uuid := current_setting('konveyer.workspace')::uuid; done int; more int;
BEGIN
  UPDATE journal_entry SET before = erased_values(before), after = erased_values(after), reason = ''
   WHERE workspace_id = ws AND (subject_id = ANY (ids) OR after ->> 'contact_id' = ANY (ids::text[]) OR before ->> 'contact_id' = ANY (ids::text[]));
  GET DIAGNOSTICS done = ROW_COUNT;
  IF cardinality(words) > 0 THEN
    UPDATE journal_entry SET before = struck_out(before::text, words, mark)::jsonb, after = struck_out(after::text, words, mark)::jsonb,
           reason = struck_out(reason, words, mark)
     WHERE workspace_id = ws AND struck_out(before::text || after::text || reason, words, '') <> before::text || after::text || reason;
    GET DIAGNOSTICS more = ROW_COUNT;
    UPDATE journal_personal_value SET before = struck_out(before::text, words, mark)::jsonb, after = struck_out(after::text, words, mark)::jsonb
     WHERE workspace_id = ws AND struck_out(coalesce(before::text, '') || coalesce(after::text, ''), words, '')
           <> coalesce(before::text, '') || coalesce(after::text, '');
  END IF;
  RETURN done + coalesce(more, 0);
END $$;
REVOKE ALL ON FUNCTION erase_from_journal(uuid[], text[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_from_journal(uuid[], text[], text) TO konveyer_app;
"""
BACK = """
DROP FUNCTION erase_from_journal(uuid[], text[], text);
DROP FUNCTION struck_out(text, text[], text);
DROP FUNCTION erased_values(jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("erasure", "0001_initial"), ("journal", "0004_names_of_facts"), ("postgres_roles", "0001_privileges")]
    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
