from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "konveyer.domain.delivery"
    label = "delivery"
