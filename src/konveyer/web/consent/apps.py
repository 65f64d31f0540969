from django.apps import AppConfig


class ConsentScreens(AppConfig):
    name = "konveyer.web.consent"
    label = "web_consent"
