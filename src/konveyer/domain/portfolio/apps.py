from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "konveyer.domain.portfolio"
    label = "portfolio"
