from django.apps import AppConfig


class AbsenceScreens(AppConfig):
    name = "konveyer.web.absence"
    label = "web_absence"
