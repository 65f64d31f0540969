from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "konveyer.domain.workspace"
    label = "workspace"
