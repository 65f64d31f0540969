"""Row-level security and composite keys, emitted with the tables themselves."""

from typing import Any

from django.db.backends.ddl_references import Columns, Table
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.models import Field, Model

APP, SWEEP = "konveyer_app", "konveyer_sweep"

# Loud on purpose: without a workspace the setting is missing or '', and the cast fails, so that a
# forgotten workspace is an error in the first test and not an empty screen.
CURRENT = "(select current_setting('konveyer.workspace')::uuid)"


class WorkspaceSchemaEditor(DatabaseSchemaEditor):
    """Creates workspace tables closed: see the package."""

    # An inline key would be a plain one; without it Django emits the key as a statement of its own.
    sql_create_column_inline_fk = None  # type: ignore[assignment]

    def create_model(self, model: type[Model]) -> None:
        super().create_model(model)
        names = {field.name for field in model._meta.local_fields}
        if "workspace" in names:
            self._close(model._meta.db_table)

    def add_field(self, model: type[Model], field: "Field[Any, Any]") -> None:
        super().add_field(model, field)
        if field.name == "workspace":  # tables that refer to each other get their keys one by one
            self._close(model._meta.db_table)

    def _close(self, table: str) -> None:
        name = self.quote_name(table)
        self.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        self.execute(
            f"CREATE POLICY own_workspace ON {name} FOR ALL TO {APP} "
            f"USING (workspace_id = {CURRENT}) WITH CHECK (workspace_id = {CURRENT})"
        )
        self.execute(f"CREATE POLICY sweep_reads ON {name} FOR SELECT TO {SWEEP} USING (true)")

    def _create_fk_sql(self, model: type[Model], field: Any, suffix: str) -> Any:
        statement = super()._create_fk_sql(model, field, suffix)  # type: ignore[misc]
        if getattr(field, "within_workspace", False):
            target = field.target_field.model._meta.db_table
            statement.parts["column"] = self._pair(model._meta.db_table, field.column)
            statement.parts["to_table"] = Table(target, self.quote_name)
            statement.parts["to_column"] = self._pair(target, "id")
        return statement

    def _pair(self, table: str, column: str) -> Columns:
        return Columns(table, ["workspace_id", column], self.quote_name)
