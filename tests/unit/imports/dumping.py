"""The whole base as text, but for journal and batches and what is derived."""

from django.db import connection

LEFT_OUT = (
    "journal_",
    "import_",
    "remembered_mapping",
    "funnel_",
    "sheet_d",
    "portfolio_",
    "procrastinate_",
    "django_",
    "cache",
)


def dump() -> dict[str, list[str]]:
    """Every row of every table of the workspace by table, by id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relkind = 'r'"
            " and c.relnamespace = 'public'::regnamespace and a.attname = 'workspace_id' order by 1"
        )
        tables = [row[0] for row in cursor.fetchall() if not row[0].startswith(LEFT_OUT)]
        found = {}
        for table in tables:
            cursor.execute(f'select to_jsonb(t)::text from "{table}" t order by id')
            found[table] = [row[0] for row in cursor.fetchall()]
    return found


def difference(
    before: dict[str, list[str]], after: dict[str, list[str]]
) -> dict[str, tuple[list[str], list[str]]]:
    """Rows that are in one and not in the other, by table: (gone, new)."""
    return {
        table: (
            sorted(set(before[table]) - set(after[table])),
            sorted(set(after[table]) - set(before[table])),
        )
        for table in before
        if before[table] != after[table]
    }
