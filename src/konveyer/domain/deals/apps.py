from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "konveyer.domain.deals"
    label = "deals"
