from django.apps import AppConfig


class AuditScreens(AppConfig):
    name = "konveyer.web.audit"
    label = "web_audit"
