from django.apps import AppConfig


class LabelsScreensConfig(AppConfig):
    name = "konveyer.web.labels"
    label = "labels_screens"
