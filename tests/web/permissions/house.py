"""The house that all tests of the matrix share: built once in a transaction that never commits; every request is undone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.files.base import File
from django.db import connection, transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from konveyer.kit import tenancy
from tests.web.permissions.asking import Ask
from tests.web.permissions.firm import Firm
from tests.web.permissions.matrix import Address, Row

# Counted attempts at signing in stand in the cache: a refusal is meant to leave its trace there. A session is what a
# browser remembers of itself, such as where it wanted to go before it was sent to sign in.
APART = {"cache", "django_migrations", "django_session"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class House:
    """The firm, a browser and a program per role, and the state of the database."""

    firm: Firm

    def __post_init__(self) -> None:
        self.browsers: dict[str | None, Client] = {}
        self.programs: dict[str | None, Client] = {}
        self.noted()

    def noted(self) -> None:
        """What was built so far is how things were. Its deferred checks are made now, once, not after every request."""
        for workspace in (self.firm.workspace.pk, self.firm.elsewhere.member.workspace_id):
            self.settled(workspace)
        self.before = self.state()

    @cached_property
    def _tables(self) -> str:
        names = sorted(set(connection.introspection.table_names()) - APART)
        return " union all ".join(
            f"select '{name}' as t, count(*) as n, coalesce(sum(hashtext(ctid::text || '/' || xmin::text)), 0) as h from {name}"
            for name in names
        )

    def state(self) -> dict[str, tuple[int, int]]:
        """Every table's rows as PostgreSQL has them: where each lies and who wrote it, which no change leaves alone."""
        found = {}
        for workspace in (self.firm.workspace.pk, self.firm.elsewhere.member.workspace_id):
            with tenancy.enter(workspace), connection.cursor() as cursor:
                cursor.execute(self._tables)
                found |= {f"{name} of {workspace}": (rows, sums) for name, rows, sums in cursor.fetchall()}
        return found

    def changed(self) -> list[str]:
        """The tables that are not as they were."""
        now = self.state()
        return [name for name, there in self.before.items() if now[name] != there]

    def ready(self, role: str) -> None:
        """The role's own records are there; made when they are first needed."""
        if role not in self.firm.own:
            self.firm.furnish(role)
            self.noted()

    def browser(self, role: str | None) -> Client:
        """Somebody's browser, signed in; None is a stranger's."""
        if role not in self.browsers:
            client = Client(headers={"HX-Request": "true"}, raise_request_exception=False)
            if role is not None:
                client.force_login(self.firm.people[role].user, backend=BACKEND)
                self.noted()
            self.browsers[role] = client
        return self.browsers[role]

    def program(self, role: str | None) -> Client:
        """Somebody's program with a token for all that he may."""
        if role not in self.programs:
            headers = {"authorization": f"Bearer {self.firm.secrets[role]}"} if role else {}
            self.programs[role] = Client(
                headers={"accept-language": "en", **headers}, raise_request_exception=False
            )
        return self.programs[role]

    @contextmanager
    def asked(self, row: Row, address: Address, ask: Ask, role: str | None, *, kept: int) -> Iterator[Any]:
        """The answer. What was asked is undone afterwards, but for answers of the code `kept`: refusals change nothing."""
        client = self.program(role) if row.api else self.browser(role)
        with self.sent(client, row.method, url_of(row, address, ask), ask, kept=kept) as answer:
            yield answer

    @contextmanager
    def sent(self, client: Client, method: str, url: str, ask: Ask, *, kept: int = 0) -> Iterator[Any]:
        """The answer to a request at any address, undone as `asked` says; cookies stay as they were."""
        cookies = client.cookies.copy()
        with transaction.atomic():
            answer = client.generic(method, url, **sent(ask))
            if hasattr(answer, "streaming_content"):
                b"".join(answer.streaming_content)
            yield answer
            transaction.set_rollback(answer.status_code != kept)
        client.cookies = cookies

    def settled(self, workspace: UUID | None = None) -> None:
        """What the database looks at only when a transaction ends, looked at now."""
        with tenancy.enter(workspace or self.firm.workspace.pk), connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")  # PostgreSQL keeps the former past the savepoint


def url_of(row: Row, address: Address, ask: Ask) -> str:
    """Where to."""
    query = f"?{urlencode(ask.query)}" if ask.query else ""
    if not row.api:
        return reverse(row.address, kwargs=ask.args) + query
    if address.pattern.startswith("^"):
        return "/api/no/such/place"
    return row.address.format(**ask.args) + query


def sent(ask: Ask) -> dict[str, Any]:
    """The body as the client of the tests takes it."""
    if ask.body is None:
        return {}
    if ask.form:
        plain = {key: one if isinstance(one, list | File) else str(one) for key, one in ask.body.items()}
        return {"data": encode_multipart(BOUNDARY, plain), "content_type": MULTIPART_CONTENT}
    return {"data": json.dumps(ask.body, default=str), "content_type": "application/json"}
