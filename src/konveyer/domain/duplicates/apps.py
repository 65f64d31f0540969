from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "konveyer.domain.duplicates"
    label = "duplicates"
