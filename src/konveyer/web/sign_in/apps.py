from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "konveyer.web.sign_in"
    label = "sign_in"
