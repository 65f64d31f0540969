"""A member's open tasks stand in the index in the order in which his day asks for them: many may be due at one moment."""

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
    ]
