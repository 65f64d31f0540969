from django.apps import AppConfig


class JournalScreenConfig(AppConfig):
    name = "konveyer.web.journal"
    label = "web_journal"
