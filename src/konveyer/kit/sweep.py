"""Reading across workspaces, as the role that can write nothing: what is due next, whether the books agree."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

ROLE = "konveyer_sweep"


@contextmanager
def reading_across(*, one_moment: bool = False) -> Iterator[psycopg.Connection]:
    """A read-only connection that sees the rows of every workspace; with `one_moment` as they were when it began.

    List (workspace, id) with it and enter one workspace after the other to act. With an outside database its
    address is KONVEYER_SWEEP_URL.
    """
    url = os.environ.get("KONVEYER_SWEEP_URL")
    if url:
        opened = psycopg.connect(url)
    else:
        parameters = connection.get_connection_params()
        names = ("host", "port", "dbname", "password")
        opened = psycopg.connect(
            **{name: parameters[name] for name in names if parameters.get(name)}, user=ROLE
        )
    opened.read_only = True
    if one_moment:
        opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    with opened as found:
        yield found
