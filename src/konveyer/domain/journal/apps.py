from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "konveyer.domain.journal"
    label = "journal"
