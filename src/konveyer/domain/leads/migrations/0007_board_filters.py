"""What narrows the board, answered by an index each: untouched, another level, brought by, closed by."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("leads", "0006_order_of_lists")]

    operations = [
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('closed_at__isnull', True), ('state__in', ('open', 'won')), ('first_touch_at__isnull', True)), fields=['workspace', 'stage', 'due_at', 'id'], name='lead_untouched'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('closed_at__isnull', True), ('state__in', ('open', 'won')), models.Q(('level', 'core'), _negated=True)), fields=['workspace', 'level', 'stage', 'due_at', 'id'], name='lead_other_level'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('closed_at__isnull', True), ('state__in', ('open', 'won')), ('telemarketer__isnull', False)), fields=['workspace', 'telemarketer', 'stage', 'due_at', 'id'], name='lead_brought'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('closed_at__isnull', True), ('state__in', ('open', 'won')), ('closer__isnull', False)), fields=['workspace', 'closer', 'stage', 'due_at', 'id'], name='lead_closing'),
        ),
    ]
