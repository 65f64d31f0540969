"""What the board reads, stage by stage and desk by desk, from indexes alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("leads", "0003_credited_and_passes_by_time")]

    operations = [
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('closed_at__isnull', True), ('state__in', ('open', 'won'))), fields=['workspace', 'stage', 'due_at', 'id'], include=('first_touch_at', 'level', 'currency', 'expected_amount'), name='lead_on_board'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('closed_at__isnull', True), ('state__in', ('open', 'won')), ('owner__isnull', False)), fields=['workspace', 'owner', 'stage', 'due_at', 'id'], name='lead_on_desk'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('closed_at__isnull', True), ('state__in', ('open', 'won')), ('owner__isnull', True)), fields=['workspace', 'stage', 'due_at', 'id'], name='lead_waiting'),
        ),
        migrations.AddIndex(
            model_name='stagepass',
            index=models.Index(condition=models.Q(('outcome__in', ['passed', 'returned', 'rerouted', 'refused'])), fields=['workspace', 'stage', '-left_at'], include=('outcome',), name='stage_pass_left'),
        ),
    ]
