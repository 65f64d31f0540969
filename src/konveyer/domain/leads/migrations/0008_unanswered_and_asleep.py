"""What my day counts: inquiries that nobody answered, leads that wake this week. Without an index each read every lead."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("leads", "0007_board_filters")]

    operations = [
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                fields=["workspace", "arrived_at"],
                name="lead_unanswered",
                condition=models.Q(("first_touch_at__isnull", True), ("incoming", True), ("state", "open")),
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                fields=["workspace", "wake_on"], name="lead_asleep", condition=models.Q(("state", "on_hold"))
            ),
        ),
    ]
