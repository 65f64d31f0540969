from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "konveyer.web.products"
    label = "web_products"
