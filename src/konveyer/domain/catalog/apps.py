from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "konveyer.domain.catalog"
    label = "catalog"
