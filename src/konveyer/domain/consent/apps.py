from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "konveyer.domain.consent"
    label = "consent"
