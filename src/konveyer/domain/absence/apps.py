from django.apps import AppConfig


class AbsenceConfig(AppConfig):
    name = "konveyer.domain.absence"
    label = "absence"
