from django.apps import AppConfig


class SheetConfig(AppConfig):
    name = "konveyer.domain.sheet"
    label = "sheet"
