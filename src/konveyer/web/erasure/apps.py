from django.apps import AppConfig


class ErasureScreens(AppConfig):
    name = "konveyer.web.erasure"
    label = "web_erasure"
