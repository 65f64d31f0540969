"""Whoever manages members sets mailboxes up."""

from django.db import migrations

GIVE = """update role set rights = rights || array['mailboxes.manage']::varchar[]
           where 'members.manage' = any (rights) and not 'mailboxes.manage' = any (rights)"""
TAKE = "update role set rights = array_remove(rights, 'mailboxes.manage')"


class Migration(migrations.Migration):

    dependencies = [('workspace', '0003_audit_right')]

    operations = [migrations.RunSQL(GIVE, TAKE)]
