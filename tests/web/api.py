"""Calling the API in tests, as a program does."""

from typing import Any

from django.test import Client

from konveyer.domain.staff.operations.tokens import issue_token
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.queries import actor_of
from konveyer.kit import clock


class Program:
    """A program with a personal token: `get("leads")`, `post("leads", {...})` → the response."""

    def __init__(self, member: Member, *scopes: str, language: str = "en") -> None:
        actor = actor_of(member.pk, member.workspace_id)
        issued = issue_token(actor=actor, at=clock.now(), name="test", scopes=scopes or actor.rights)
        self.token = issued.token
        self.secret = issued.secret
        self.client = Client(
            headers={"authorization": f"Bearer {issued.secret}", "accept-language": language},
            raise_request_exception=False,
        )

    def call(self, method: str, path: str, body: Any = None, key: str | None = None, **query: Any) -> Any:
        url = path if path.startswith("/") else f"/api/v1/{path}"
        headers = {"idempotency-key": key} if key is not None else {}
        rest: dict[str, Any] = {"query_params": query} if query else {}
        if body is not None:
            rest |= {"data": body, "content_type": "application/json"}
        return self.client.generic(method.upper(), url, headers=headers, **_encoded(rest))

    def get(self, path: str, **query: Any) -> Any:
        return self.call("get", path, **query)

    def post(self, path: str, body: Any = None, key: str | None = None) -> Any:
        return self.call("post", path, {} if body is None else body, key)

    def put(self, path: str, body: Any) -> Any:
        return self.call("put", path, body)

    def patch(self, path: str, body: Any) -> Any:
        return self.call("patch", path, body)

    def delete(self, path: str) -> Any:
        return self.call("delete", path)


def _encoded(rest: dict[str, Any]) -> dict[str, Any]:
    import json

    data = rest.get("data")
    if data is not None and not isinstance(data, str | bytes):
        rest["data"] = json.dumps(data, default=str)
    return rest
