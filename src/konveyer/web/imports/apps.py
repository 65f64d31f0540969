from django.apps import AppConfig


class ImportsScreenConfig(AppConfig):
    name = "konveyer.web.imports"
    label = "imports_screen"
