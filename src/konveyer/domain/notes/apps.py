from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "konveyer.domain.notes"
    label = "notes"
