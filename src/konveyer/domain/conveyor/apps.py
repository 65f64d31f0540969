from django.apps import AppConfig


class ConveyorConfig(AppConfig):
    name = "konveyer.domain.conveyor"
    label = "conveyor"
