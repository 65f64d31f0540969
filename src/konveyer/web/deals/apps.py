from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "konveyer.web.deals"
    label = "deals_screen"
