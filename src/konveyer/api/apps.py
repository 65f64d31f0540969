from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "konveyer.api"
    label = "api"
