"""No row points into another workspace: every key of every table, also where its constraint was lost."""

from collections.abc import Iterator

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Asked, Broken, Equation, breaking
from konveyer.kit.rows import WorkspaceKey


class KeyElsewhere(Equation):
    """Asks table by table."""

    def ask(self, asked: Asked) -> Broken:
        """See Equation."""
        return breaking(asked, " union all ".join(_keys()))


def _keys() -> Iterator[str]:
    for model in apps.get_models():
        table = model._meta.db_table
        for field in model._meta.local_fields:
            if isinstance(field, WorkspaceKey):
                target = field.related_model._meta.db_table
                yield f"""
                    select t.workspace_id, '{table} ' || t.id || ' {field.column}' as record from {table} t
                     where t.{field.column} is not null and not exists (
                           select from {target} r where r.workspace_id = t.workspace_id and r.id = t.{field.column})"""


EQUATION = KeyElsewhere(
    "key_elsewhere", _("Every key points to a record of the same workspace that is there."), ""
)
