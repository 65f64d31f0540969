"""Asking for work to be done later, in the same transaction: rolled back with it, visible with its commit."""

from uuid import UUID

from procrastinate.contrib.django import app


def enqueue(name: str, *, workspace_id: UUID | str, **ids: UUID | int | str) -> None:
    """Queue the job of this name for the workspace. Arguments are ids and plain words only, never contents.

    A job may run more than once, and twice at the same time: it looks at the rows to see what is still to do.
    """
    arguments = {key: value if isinstance(value, int) else str(value) for key, value in ids.items()}
    app.configure_task(name, allow_unknown=True).defer(workspace_id=str(workspace_id), **arguments)
