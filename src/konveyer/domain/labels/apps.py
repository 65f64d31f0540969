from django.apps import AppConfig


class LabelsConfig(AppConfig):
    name = "konveyer.domain.labels"
    label = "labels"
