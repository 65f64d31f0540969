"""How each address is asked so that it would do what it is for: the record's id, the form, the document."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from konveyer.kit import clock
from tests.web.permissions.firm import Firm, Records
from tests.web.permissions.matrix import Address, Row


@dataclass
class Ask:
    """One request: names in the path, the query, and the form (a screen) or the document (the API)."""

    args: dict[str, Any]
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    form: bool = False


Made = Callable[[Firm, Records, str], dict[str, Any]]


def ask(row: Row, address: Address, firm: Firm, records: Records, role: str) -> Ask:
    """The request of a row about these records. Path names come from the records unless the row says otherwise."""
    from tests.web.permissions import of_api, of_screens

    part = of_api if row.api else of_screens
    name = row.key.partition(" ")[2]
    given = _first(part.ARGS, row.key, name, row.address)(firm, records, role)
    args = {param: given[param] if param in given else getattr(records, param) for param in address.params}
    return Ask(
        args=args,
        query=_first(part.QUERY, row.key, name)(firm, records, role),
        body=part.BODY[row.key](firm, records, role) if row.key in part.BODY else None,
        form=row.key in part.FORMS if row.api else True,
    )


def _first(table: dict[str, Made], *keys: str) -> Made:
    return next((table[key] for key in keys if key in table), lambda firm, records, role: {})


def soon(days: int = 1) -> str:
    """A day ahead."""
    return (clock.now() + timedelta(days=days)).date().isoformat()


def later(days: int = 1) -> str:
    """A moment ahead."""
    return (clock.now() + timedelta(days=days)).isoformat()
