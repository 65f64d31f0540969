from django.apps import AppConfig


class LeadConfig(AppConfig):
    name = "konveyer.web.lead"
    label = "lead_screen"
