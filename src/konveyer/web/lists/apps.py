from django.apps import AppConfig


class ListsScreens(AppConfig):
    name = "konveyer.web.lists"
    label = "web_lists"
