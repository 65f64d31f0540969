from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "konveyer.domain.imports"
    label = "imports"
