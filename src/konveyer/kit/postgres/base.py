"""The backend that settings name as ENGINE."""

from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import ProgrammingError

from konveyer.kit.postgres.schema import WorkspaceSchemaEditor


def _only_inside_a_transaction(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    if not context["connection"].in_atomic_block:
        raise ProgrammingError(
            "A query outside a transaction has no workspace: enter one with konveyer.kit.tenancy first."
        )
    return execute(sql, params, many, context)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL with workspaces."""

    SchemaEditorClass = WorkspaceSchemaEditor
