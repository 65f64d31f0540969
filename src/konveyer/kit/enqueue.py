"""Asking for work to be done later, in the same transaction: rolled back with it, visible with its commit."""

from uuid import UUID

from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector

# Of its own and not that of procrastinate's Django application: inside the worker that one speaks over a connection of the
# worker's, so what a job asked for would begin before the job's own work can be seen, and stay when it is rolled back.
_asking = App(connector=DjangoConnector())


def enqueue(name: str, *, workspace_id: UUID | str, **ids: UUID | int | str) -> None:
    """Queue the job of this name for the workspace. Arguments are ids and plain words only, never contents.

    A job may run more than once, and twice at the same time: it looks at the rows to see what is still to do.
    """
    arguments = {key: value if isinstance(value, int) else str(value) for key, value in ids.items()}
    _asking.configure_task(name, allow_unknown=True).defer(workspace_id=str(workspace_id), **arguments)
