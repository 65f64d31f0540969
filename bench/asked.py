"""`python -m bench.asked`: the queries behind screens, explained as the application role. JSON in, JSON out.

In: {"owner@…": {"list of leads": ["/leads/"]}}. Out: one entry a query: screen, sql, rows read, rows returned, plan.
Django's own test client asks, in this process, so that every query passes by; the database is the one of KONVEYER_HOME.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

READS = ("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan", "Tid Scan", "Sample Scan")


def main() -> None:
    """Ask everything; print what was found."""
    from konveyer.cli import _django
    from konveyer.running.environment import database

    asked: dict[str, dict[str, list[str]]] = json.load(sys.stdin)
    os.environ.setdefault("KONVEYER_LANGUAGE", "en")
    with database(), _django():
        found = [
            entry
            for email, screens in asked.items()
            for name, paths in screens.items()
            for entry in explained(email, name, paths)
        ]
    json.dump(found, sys.stdout)


def explained(email: str, name: str, paths: list[str]) -> Iterator[dict[str, Any]]:
    """The queries of a screen, each text once, with what its plan reads and returns."""
    from django.db import connection
    from django.test import Client

    from konveyer.domain.workspace.models import Member, User
    from konveyer.kit import tenancy

    user = User.objects.get(email=email)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    queries: dict[str, Any] = {}
    for path in paths:
        with connection.execute_wrapper(_listening(queries)):
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
    from konveyer.domain.workspace.queries import only_workspace

    workspace = only_workspace(None)
    assert workspace is not None
    with tenancy.enter(workspace.pk), connection.cursor() as cursor:
        assert Member.objects.filter(user=user).exists()
        for sql, params in queries.items():
            cursor.execute(f"explain (analyze, timing off, summary off, format json) {sql}", params)
            plan = cursor.fetchone()[0]
            plan = json.loads(plan) if isinstance(plan, str) else plan
            root = plan[0]["Plan"]
            yield {
                "screen": name,
                "sql": sql,
                "read": rows_read(root),
                "returned": max(whole(root), limited(root)),
                "plan": root,
            }


def _listening(queries: dict[str, Any]) -> Callable[..., Any]:
    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if (
            sql.lstrip().lower().startswith(("select", "with"))
            and " for update" not in sql.lower()
            and not many
        ):
            queries.setdefault(sql, params)
        return execute(sql, params, many, context)

    return listen


def whole(node: dict[str, Any]) -> int:
    """Rows that a node gave, over all its rounds."""
    return round(node["Actual Rows"] * node["Actual Loops"])


def limited(node: dict[str, Any]) -> int:
    """Rows that the query itself asked for by LIMIT: a count up to a limit returns what it counts."""
    if node["Node Type"] == "Limit":
        return whole(node)
    return sum(limited(part) for part in node.get("Plans", ()))


def rows_read(node: dict[str, Any]) -> int:
    """Rows of tables that a plan looked at, also those that a filter threw away."""
    own = 0
    if node["Node Type"] in READS:
        thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
        own = round((node["Actual Rows"] + thrown) * node["Actual Loops"])
    return own + sum(rows_read(part) for part in node.get("Plans", ()))


if __name__ == "__main__":
    main()
