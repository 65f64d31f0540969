from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "konveyer.web.kit"
    label = "kit"
