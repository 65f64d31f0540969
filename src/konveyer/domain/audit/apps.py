from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "konveyer.domain.audit"
    label = "audit"
