from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "konveyer.domain.hooks"
    label = "hooks"
