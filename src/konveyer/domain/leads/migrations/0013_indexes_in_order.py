"""A member's open tasks stand in the index in the order in which his day asks for them: many may be due at one moment.
The index of the board tells what open leads are worth."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0012_recommender")]
    operations = [
        migrations.RemoveIndex(model_name="task", name="task_open_of_member"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("cancelled_at__isnull", True), ("done_at__isnull", True)),
                fields=["workspace", "member", "due_at", "id"],
                name="task_open_of_member",
            ),
        ),
        migrations.RemoveIndex(model_name="lead", name="lead_on_board"),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True), ("state__in", ("open", "won"))),
                fields=["workspace", "stage", "due_at", "id"],
                include=("first_touch_at", "level", "currency", "expected_amount", "product", "state"),
                name="lead_on_board",
            ),
        ),
    ]
