"""Before the first table: every later one is readable and writable for the application, readable for sweep."""

from django.db import migrations

SQL = """
GRANT USAGE ON SCHEMA public TO konveyer_app, konveyer_sweep;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO konveyer_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO konveyer_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO konveyer_sweep;
GRANT SELECT ON django_migrations TO konveyer_app, konveyer_sweep; -- older than these defaults
"""


class Migration(migrations.Migration):
    initial = True
    run_before = [
        ("contenttypes", "0001_initial"),
        ("sessions", "0001_initial"),
        ("procrastinate", "0001_initial"),
        ("workspace", "0001_initial"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
