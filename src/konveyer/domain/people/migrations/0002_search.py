"""Search over people and companies: stored word vectors, and a function that looks past row-level security.

The operators of full-text search are not leakproof: under row-level security they lose their index. So the
search runs in a function of the role konveyer_search, which names the workspace itself, twice: as a column
and as a word of the vector, so that the index alone already stays inside the workspace.
"""

from django.db import migrations

COLUMNS = """
ALTER TABLE company ADD COLUMN search tsvector GENERATED ALWAYS AS (
  array_to_tsvector(ARRAY['w' || replace(workspace_id::text, '-', '')])
  || setweight(to_tsvector('simple', translate(name_key, '-./_', '    ')), 'A')
  || setweight(to_tsvector('russian', translate(name_key, '-./_', '    ')), 'B')
  || setweight(to_tsvector('simple', lower(translate(
       legal_name || ' ' || city || ' ' || coalesce(tax_number, '') || ' ' || domain, 'ёЁ-./_', 'ее    '))), 'D')
) STORED;
ALTER TABLE contact ADD COLUMN search tsvector GENERATED ALWAYS AS (
  array_to_tsvector(ARRAY['w' || replace(workspace_id::text, '-', '')])
  || setweight(to_tsvector('simple', translate(name_key, '-./_', '    ')), 'A')
  || setweight(to_tsvector('russian', translate(name_key, '-./_', '    ')), 'B')
) STORED;
CREATE INDEX company_search ON company USING gin (search) WITH (gin_pending_list_limit = 1024);
CREATE INDEX contact_search ON contact USING gin (search) WITH (gin_pending_list_limit = 1024);
CREATE INDEX contact_point_tail ON contact_point (workspace_id, reverse(value) text_pattern_ops) WHERE kind = 'phone';
CREATE INDEX contact_point_domain ON contact_point (workspace_id, split_part(value, '@', 2) text_pattern_ops)
  WHERE kind = 'email';
"""

# One word as typed: whole, in any Russian or English form, or the beginning of a common word. The common ones come
# from the statistics that ANALYZE keeps; asked for exactly, the index reads them lazily, while a prefix would have to
# collect every row of every such word first (tried at a million rows: 3 against 60 ms).
WORDS = """
CREATE FUNCTION search_word(which text, word text) RETURNS tsquery
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (string_agg(quote_literal(form), ' | '))::tsquery FROM (
    SELECT word AS form
    UNION SELECT unnest(tsvector_to_array(to_tsvector('russian', word)))
    UNION (SELECT common FROM pg_stats s, unnest(s.most_common_elems::text::text[]) common
            WHERE s.schemaname = 'public' AND s.tablename = which AND s.attname = 'search'
              AND starts_with(common, word) LIMIT 12)) forms
$$;
-- The word that keeps the index inside the workspace; none where the workspace is most of the table, since then it
-- only makes the index read every row's entry (1 against 22 ms).
CREATE FUNCTION search_home(which text, ws uuid) RETURNS tsquery
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN coalesce((
      SELECT s.most_common_freqs[array_position(s.most_common_vals::text::uuid[], ws)] FROM pg_stats s
       WHERE s.schemaname = 'public' AND s.tablename = which AND s.attname = 'workspace_id'), 0) < 0.25
    THEN quote_literal('w' || replace(ws::text, '-', ''))::tsquery END
$$;
CREATE FUNCTION search_whole(which text, words text[]) RETURNS tsquery
LANGUAGE plpgsql STABLE SET search_path = public, pg_catalog, pg_temp AS $$
DECLARE asks tsquery; word text;
BEGIN
  FOREACH word IN ARRAY words LOOP
    asks := CASE WHEN asks IS NULL THEN search_word(which, word) ELSE asks && search_word(which, word) END;
  END LOOP;
  RETURN asks;
END $$;
CREATE FUNCTION search_starts(words text[]) RETURNS tsquery
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_agg('(' || quote_literal(word) || ':*' || coalesce((
           SELECT string_agg(' | ' || quote_literal(stem), '') FROM unnest(tsvector_to_array(to_tsvector('russian', word))) stem
         ), '') || ')', ' & ')::tsquery
    FROM unnest(words) word
$$;
CREATE FUNCTION search_fits(vector tsvector, asks tsquery) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT vector @@ asks $$;
"""

# Names by word: those that begin as typed (place 1), words in any form (2), the last word as a beginning (3), every
# word as a beginning (4, only when nothing else was found). EXECUTE, so that each plan knows what it looks for.
# `which` may also be the table of leads above, which has the same columns; of these `seen` names the members whose
# leads may be shown (NULL: everybody's), so that the limit counts visible ones.
NAMES = """
CREATE FUNCTION search_names(which text, words text[], begun text[], name text, cap int, seen uuid[] DEFAULT NULL)
RETURNS TABLE (id uuid, place int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off
SET enable_indexscan = on SET enable_indexonlyscan = on AS $$
DECLARE
  ws uuid := current_setting('konveyer.workspace')::uuid;
  home tsquery := search_home(which, ws);
  key text := CASE which WHEN 'lead' THEN 'title_key' ELSE 'name_key' END;
  likes text[] := ARRAY(SELECT '% ' || b || '%' FROM unnest(begun) b);
  others text[] := words[1 : cardinality(words) - 1];
  view text := CASE WHEN which = 'lead' AND seen IS NOT NULL THEN
    ' AND (r.owner_id IS NULL OR r.owner_id = ANY ($7) OR r.telemarketer_id = ANY ($7) OR r.closer_id = ANY ($7))' ELSE '' END;
  here text := format($q$ FROM %1$I r WHERE r.workspace_id = $1 %2$s AND ' ' || translate(r.%3$I, '-./_', '    ') LIKE ALL ($4)$q$,
                      which, view, key);
  found int; more int; read int; asks tsquery; starts tsquery;
BEGIN
  IF name = '' OR which NOT IN ('company', 'contact', 'lead') THEN RETURN; END IF;
  RETURN QUERY EXECUTE format($q$SELECT r.id, 1 FROM %1$I r WHERE r.workspace_id = $1 %2$s AND r.%3$I ^@ $2
    ORDER BY r.%3$I, r.id LIMIT $6$q$, which, view, key) USING ws, name, asks, likes, starts, cap, seen;
  GET DIAGNOSTICS found = ROW_COUNT;
  IF found >= cap OR cardinality(words) = 0 THEN RETURN; END IF;
  asks := search_whole(which, words);
  asks := coalesce(home && asks, asks);
  RETURN QUERY EXECUTE format($q$SELECT x.id, 2 FROM (
      SELECT r.id, r.search, r.%2$I AS key %1$s AND r.search @@ $3 LIMIT greatest($6, 200)) x
    ORDER BY ts_rank(x.search, $3) DESC, length(x.key), x.id LIMIT $6$q$, here, key)
    USING ws, name, asks, likes, starts, cap, seen;
  GET DIAGNOSTICS more = ROW_COUNT;
  found := found + more;
  IF found >= cap THEN RETURN; END IF;
  -- How often a beginning occurs the planner cannot know: left alone it walks the table in hope of early hits.
  PERFORM set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true);
  starts := search_starts(words[cardinality(words):]);
  IF cardinality(others) > 0 THEN
    asks := search_whole(which, others);
    asks := coalesce(home && asks, asks);
    EXECUTE format($q$SELECT count(*) FROM (SELECT 1 FROM %I r WHERE r.workspace_id = $1 AND r.search @@ $3 LIMIT 2000) x$q$,
      which) INTO read USING ws, name, asks;
    IF read < 2000 THEN -- few enough to be looked at one by one
      RETURN QUERY EXECUTE format($q$SELECT r.id, 3 %s AND r.search @@ $3 AND search_fits(r.search, $5) LIMIT $6$q$, here)
        USING ws, name, asks, likes, starts, cap, seen;
      GET DIAGNOSTICS more = ROW_COUNT;
      IF found + more > 0 THEN RETURN; END IF;
    END IF;
    starts := starts && search_starts(others);
  END IF;
  asks := coalesce(home && starts, starts);
  RETURN QUERY EXECUTE format($q$SELECT r.id, 4 %s AND r.search @@ $3 LIMIT $6$q$, here)
    USING ws, name, asks, likes, starts, cap, seen;
END $$;
"""

# Phones from either end, addresses, handles, domains: who answers there, and the value that was met.
POINTS = """
CREATE FUNCTION search_points(phones text[], tail text, mail text, domain text, cap int)
RETURNS TABLE (contact_id uuid, company_id uuid, hit text, extension text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  ws uuid := current_setting('konveyer.workspace')::uuid;
  points text := $q$SELECT u.contact_id, u.company_id, p.value::text, p.extension::text
    FROM contact_point p JOIN point_use u ON u.workspace_id = $1 AND u.point_id = p.id WHERE p.workspace_id = $1 AND $q$;
  start text;
BEGIN
  FOREACH start IN ARRAY phones LOOP
    RETURN QUERY EXECUTE points || $q$p.kind IN ('phone', 'whatsapp') AND p.value ^@ $2 LIMIT $3$q$ USING ws, start, cap;
  END LOOP;
  IF tail <> '' THEN
    RETURN QUERY EXECUTE points || $q$p.kind = 'phone' AND reverse(p.value) ^@ reverse($2) LIMIT $3$q$ USING ws, tail, cap;
  END IF;
  IF mail <> '' THEN
    RETURN QUERY EXECUTE points || $q$p.kind <> 'phone' AND p.value ^@ $2 LIMIT $3$q$ USING ws, mail, cap;
  END IF;
  IF domain <> '' THEN
    RETURN QUERY EXECUTE points || $q$p.kind = 'email' AND split_part(p.value, '@', 2) ^@ $2 LIMIT $3$q$ USING ws, domain, cap;
    RETURN QUERY EXECUTE $q$SELECT NULL::uuid, c.id, c.domain::text, '' FROM company c
      WHERE c.workspace_id = $1 AND c.domain <> '' AND c.domain ^@ $2 LIMIT $3$q$ USING ws, domain, cap;
  END IF;
END $$;
"""

OWNER = """
GRANT SELECT ON company, contact, contact_point, point_use TO konveyer_search;
GRANT CREATE ON SCHEMA public TO konveyer_search;
ALTER FUNCTION search_names(text, text[], text[], text, int, uuid[]) OWNER TO konveyer_search;
ALTER FUNCTION search_points(text[], text, text, text, int) OWNER TO konveyer_search;
REVOKE CREATE ON SCHEMA public FROM konveyer_search;
REVOKE ALL ON FUNCTION search_names(text, text[], text[], text, int, uuid[]), search_points(text[], text, text, text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_names(text, text[], text[], text, int, uuid[]), search_points(text[], text, text, text, int)
  TO konveyer_app;
"""

BACK = """
DROP FUNCTION search_names(text, text[], text[], text, int, uuid[]);
DROP FUNCTION search_points(text[], text, text, text, int);
DROP FUNCTION search_whole(text, text[]);
DROP FUNCTION search_home(text, uuid);
DROP FUNCTION search_word(text, text);
DROP FUNCTION search_starts(text[]);
DROP FUNCTION search_fits(tsvector, tsquery);
DROP INDEX contact_point_tail, contact_point_domain;
ALTER TABLE company DROP COLUMN search;
ALTER TABLE contact DROP COLUMN search;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("postgres_roles", "0001_privileges")]
    operations = [migrations.RunSQL(COLUMNS + WORDS + NAMES + POINTS + OWNER, BACK)]
