"""Writes mark the days whose sums they could change, in the same transaction.

Statement triggers, so that a load of a million rows leaves a mark per day, not per row. What moves a figure to another
day or another member marks both. OFFSET 0 keeps look-ups by lead look-ups, whatever the planner knows of the tables.
"""

from django.db import migrations

TABLES = ("touch", "temperature_change", "deal", "lead", "payment")


def marking(table: str, rows: dict[str, str]) -> str:
    """A function for the table and its three triggers; `rows`: per operation, SQL for (workspace_id, day)."""
    cases = "\n".join(
        f"""  {"IF" if n == 0 else "ELSIF"} TG_OP = '{operation}' THEN
    INSERT INTO sheet_dirty_day (workspace_id, day) SELECT DISTINCT workspace_id, day FROM ({sql}) d WHERE day IS NOT NULL;"""
        for n, (operation, sql) in enumerate(rows.items())
    )
    seen = {
        "INSERT": "NEW TABLE AS new_rows",
        "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "DELETE": "OLD TABLE AS old_rows",
    }
    triggers = "\n".join(
        f"""CREATE TRIGGER sheet_{table}_{operation.lower()} AFTER {operation} ON {table} REFERENCING {seen[operation]}
  FOR EACH STATEMENT EXECUTE FUNCTION sheet_{table}_written();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER sheet_{table}_{operation.lower()};"""
        for operation in rows
    )
    return f"""CREATE FUNCTION sheet_{table}_written() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
{cases}
  END IF;
  RETURN NULL;
END $$;
{triggers}
"""


def local(row: str, column: str) -> str:
    """The rows' local days of a moment."""
    return f"""select r.workspace_id, (r.{column} at time zone w.timezone)::date as day
                 from {row} r join workspace w on w.id = r.workspace_id"""


def changed(columns: tuple[str, ...], row: str = "old_rows") -> str:
    """Rows of an update in which one of the columns changed: as they were, or as they are now."""
    old, new = (", ".join(f"{side}.{name}" for name in columns) for side in ("o", "n"))
    side = "o" if row == "old_rows" else "n"
    return f"(select {side}.* from old_rows o join new_rows n on n.id = o.id where ({old}) is distinct from ({new}))"


def both(columns: tuple[str, ...], days: str) -> str:
    """Days of a changed row before and after."""
    return " union ".join(
        days.replace("ROWS", changed(columns, rows)) for rows in ("old_rows", "new_rows")
    )


def touched(rows: str, when: str = "true") -> str:
    """The days of the touches of these rows' leads."""
    return f"""select t.workspace_id, (t.happened_at at time zone w.timezone)::date as day
                 from {rows} r join workspace w on w.id = r.workspace_id,
                      lateral (select t.workspace_id, t.happened_at from touch t
                                where t.workspace_id = r.workspace_id and t.lead_id = r.lead_id and {when} offset 0) t"""


TOUCH = marking("touch", {
    "INSERT": local("new_rows", "happened_at"),
    "DELETE": local("old_rows", "happened_at"),
    "UPDATE": both(("member_id", "lead_id", "happened_at", "channel", "direction", "outcome", "counted", "automatic"),
                   local("ROWS", "happened_at")),
})  # fmt: skip
# A change says what calls after it were, and the first one also what those before it were: as the lead was until now.
CHANGES = marking("temperature_change", {
    "INSERT": local("new_rows", "at") + " union " + touched("new_rows", "t.happened_at > r.at"),
    "DELETE": local("old_rows", "at") + " union " + touched("old_rows"),
    "UPDATE": local("old_rows", "at") + " union " + local("new_rows", "at") + " union " + touched("old_rows")
              + " union " + touched("new_rows"),
})  # fmt: skip
DEALS = marking("deal", {
    "INSERT": local("new_rows", "created_at"),
    "DELETE": local("old_rows", "created_at"),
    "UPDATE": both(("created_by_id", "created_at", "history"), local("ROWS", "created_at")),
})  # fmt: skip
WON = "select workspace_id, won_on as day from ROWS r"
CREDITED = changed(("won_on", "closer_id", "owner_id"))
PAID = f"""select p.workspace_id, p.received_on as day
             from {CREDITED} r, lateral (
               select p.workspace_id, p.received_on from deal e join payment p on p.workspace_id = e.workspace_id and p.deal_id = e.id
                where e.workspace_id = r.workspace_id and e.lead_id = r.id offset 0) p"""
# A lead without a single change is as warm as it is today, its former calls too.
UNDATED = f"""(select o.workspace_id, o.id as lead_id from {changed(("temperature",))} o
                where not exists (select from temperature_change c where c.workspace_id = o.workspace_id and c.lead_id = o.id))"""
LEADS = marking("lead", {
    "INSERT": WON.replace("ROWS", "new_rows"),
    "DELETE": WON.replace("ROWS", "old_rows"),
    "UPDATE": both(("won_on", "closer_id", "owner_id"), WON) + " union " + PAID + " union " + touched(UNDATED),
})  # fmt: skip
RECEIVED = "select workspace_id, received_on as day from ROWS r"
PAYMENTS = marking("payment", {
    "INSERT": RECEIVED.replace("ROWS", "new_rows"),
    "DELETE": RECEIVED.replace("ROWS", "old_rows"),
    "UPDATE": both(("deal_id", "kind", "amount", "currency", "received_on"), RECEIVED),
})  # fmt: skip
# Another zone moves events to the day before or after; another currency counts other payments.
WORKSPACE = """
CREATE FUNCTION sheet_all_days_dirty() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO sheet_dirty_day (workspace_id, day)
  SELECT DISTINCT s.workspace_id, s.day + n FROM sheet_day_sums s, generate_series(-1, 1) n WHERE s.workspace_id = NEW.id;
  INSERT INTO sheet_dirty_day (workspace_id, day)
  SELECT DISTINCT p.workspace_id, p.received_on FROM payment p WHERE p.workspace_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER sheet_zone_changed AFTER UPDATE ON workspace FOR EACH ROW
  WHEN ((OLD.timezone, OLD.currency) IS DISTINCT FROM (NEW.timezone, NEW.currency))
  EXECUTE FUNCTION sheet_all_days_dirty();
"""
STANDING = f"""
INSERT INTO sheet_dirty_day (workspace_id, day)
SELECT workspace_id, day FROM (
  {local("touch", "happened_at")} union {local("temperature_change", "at")} union {local("deal", "created_at")}
  union select workspace_id, won_on from lead union select workspace_id, received_on from payment) d WHERE day IS NOT NULL;
"""
UNDO = "DROP TRIGGER sheet_zone_changed ON workspace; DROP FUNCTION sheet_all_days_dirty();" + "".join(
    f"DROP FUNCTION sheet_{table}_written() CASCADE;" for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [
        ("sheet", "0002_day_sums"),
        ("touches", "0001_initial"),
        ("deals", "0004_by_creation"),
        ("leads", "0009_passes_mapped"),
    ]
    operations = [
        migrations.RunSQL(TOUCH + CHANGES + DEALS + LEADS + PAYMENTS + WORKSPACE + STANDING, UNDO)
    ]
