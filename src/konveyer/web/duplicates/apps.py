from django.apps import AppConfig


class DuplicatesScreens(AppConfig):
    name = "konveyer.web.duplicates"
    label = "web_duplicates"
