from django.apps import AppConfig


class TouchesConfig(AppConfig):
    name = "konveyer.domain.touches"
    label = "touches"
