from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "konveyer.web.board"
    label = "board_screen"
