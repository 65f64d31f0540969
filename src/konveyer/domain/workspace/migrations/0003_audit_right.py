"""Whoever reads the journal, and the analyst, reads the audit."""

from django.db import migrations

GIVE = """update role set rights = rights || array['audit.read']::varchar[]
           where ('journal.read' = any (rights) or code = 'analyst') and not 'audit.read' = any (rights)"""
TAKE = "update role set rights = array_remove(rights, 'audit.read')"


class Migration(migrations.Migration):

    dependencies = [('workspace', '0002_seats')]

    operations = [migrations.RunSQL(GIVE, TAKE)]
