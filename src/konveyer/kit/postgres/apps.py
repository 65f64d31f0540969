from django.apps import AppConfig


class PostgresConfig(AppConfig):
    name = "konveyer.kit.postgres"
    label = "postgres_roles"
