from django.apps import AppConfig


class SheetScreens(AppConfig):
    name = "konveyer.web.sheet"
    label = "web_sheet"
