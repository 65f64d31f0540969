from django.apps import AppConfig


class ConveyorScreens(AppConfig):
    name = "konveyer.web.conveyors"
    label = "web_conveyors"
