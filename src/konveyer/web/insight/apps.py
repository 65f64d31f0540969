from django.apps import AppConfig


class InsightScreenConfig(AppConfig):
    name = "konveyer.web.insight"
    label = "insight_screen"
