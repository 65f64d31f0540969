from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "konveyer.web.setup"
    label = "setup"
