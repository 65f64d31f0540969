from django.apps import AppConfig


class ErasureConfig(AppConfig):
    name = "konveyer.domain.erasure"
    label = "erasure"
