from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "konveyer.domain.leads"
    label = "leads"
