"""Writes mark the companies and contacts whose class they could change, in the same transaction.

Statement triggers: a load of a million rows fires once a statement. A mark names a company or a contact; whoever counts
finds out whose person the contact is. OFFSET 0 keeps the look-up of a lead a look-up, whatever the planner knows of the
table. Attempts change nothing, so an unanswered call leaves no mark.
"""

from django.db import migrations

SEEN = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def marking(table: str, rows: dict[str, str]) -> str:
    """A function for the table and its triggers; `rows`: per operation, SQL for (workspace_id, subject_id)."""
    cases = "\n".join(
        f"""  {"IF" if n == 0 else "ELSIF"} TG_OP = '{operation}' THEN
    INSERT INTO portfolio_mark (workspace_id, subject_id)
    SELECT DISTINCT workspace_id, subject_id FROM ({sql}) d WHERE subject_id IS NOT NULL;"""
        for n, (operation, sql) in enumerate(rows.items())
    )
    triggers = "\n".join(
        f"""CREATE TRIGGER portfolio_{table}_{operation.lower()} AFTER {operation} ON {table} REFERENCING {SEEN[operation]}
  FOR EACH STATEMENT EXECUTE FUNCTION portfolio_{table}_written();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER portfolio_{table}_{operation.lower()};"""
        for operation in rows
    )
    return f"""CREATE FUNCTION portfolio_{table}_written() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
{cases}
  END IF;
  RETURN NULL;
END $$;
{triggers}
"""


def changed(*columns: str) -> str:
    """Rows of an update in which one of these expressions changed, as they were and as they are."""
    old, new = (", ".join(column.format(side) for column in columns) for side in ("o", "n"))
    where = f"from old_rows o join new_rows n on n.id = o.id where ({old}) is distinct from ({new})"
    return f"(select o.* {where} union all select n.* {where})"


def three(rows: str, sql: str) -> dict[str, str]:
    """The same SQL over ROWS for what came, what went and what changed."""
    return {
        "INSERT": sql.replace("ROWS", "new_rows"),
        "DELETE": sql.replace("ROWS", "old_rows"),
        "UPDATE": sql.replace("ROWS", rows),
    }


THEMSELVES = "select workspace_id, id as subject_id from ROWS r"
COMPANY = {name: sql for name, sql in three("", THEMSELVES).items() if name != "UPDATE"}
CONTACT = three(changed("{0}.name_key = ''"), THEMSELVES)
BOTH = """select r.workspace_id, v.subject_id from ROWS r, lateral (values (r.company_id), (r.contact_id)) v(subject_id)"""
EMPLOYMENT = three(changed("{0}.company_id", "{0}.contact_id", "{0}.ended_on is null"), BOTH)
WHOSE = "select r.workspace_id, coalesce(r.company_id, r.contact_id) as subject_id from ROWS r"
LEAD = three(
    changed("{0}.company_id", "{0}.contact_id", "{0}.arrived_on", "{0}.won_on", "{0}.level", "{0}.temperature"), WHOSE
)
OF_LEAD = """select r.workspace_id, l.subject_id from ROWS r, lateral (
      select coalesce(l.company_id, l.contact_id) as subject_id from lead l
       where l.workspace_id = r.workspace_id and l.id = r.lead_id offset 0) l"""
CHANGES = three(changed("{0}.lead_id", "{0}.was", "{0}.became", "{0}.at"), OF_LEAD)
COUNTED = "(select * from ROWS c where c.counted)"
TOUCH = three(
    changed("{0}.contact_id", "{0}.company_id", "{0}.lead_id", "{0}.happened_at", "{0}.counted"),
    f"{OF_LEAD.replace('ROWS', COUNTED)} union all {BOTH.replace('ROWS', COUNTED)}",
)
# Another zone moves everything to other days.
WORKSPACE = """
CREATE FUNCTION portfolio_zone_changed() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO portfolio_mark (workspace_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER portfolio_zone_changed AFTER UPDATE ON workspace FOR EACH ROW
  WHEN (OLD.timezone IS DISTINCT FROM NEW.timezone) EXECUTE FUNCTION portfolio_zone_changed();
"""
STANDING = "INSERT INTO portfolio_mark (workspace_id) SELECT DISTINCT workspace_id FROM (SELECT workspace_id FROM company UNION ALL SELECT workspace_id FROM contact) d;"
TABLES = {
    "company": COMPANY, "contact": CONTACT, "employment": EMPLOYMENT, "lead": LEAD, "temperature_change": CHANGES,
    "touch": TOUCH,
}  # fmt: skip
MAKE = "".join(marking(table, rows) for table, rows in TABLES.items()) + WORKSPACE + STANDING
UNDO = "DROP TRIGGER portfolio_zone_changed ON workspace; DROP FUNCTION portfolio_zone_changed();" + "".join(
    f"DROP FUNCTION portfolio_{table}_written() CASCADE;" for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0001_classes"),
        ("people", "0004_contactlink"),
        ("leads", "0012_recommender"),
        ("touches", "0001_initial"),
    ]
    operations = [migrations.RunSQL(MAKE, UNDO)]
