from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "konveyer.domain.people"
    label = "people"
