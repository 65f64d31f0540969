from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "konveyer.domain.lists"
    label = "lists"
