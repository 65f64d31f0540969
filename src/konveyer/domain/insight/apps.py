from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "konveyer.domain.insight"
    label = "insight"
