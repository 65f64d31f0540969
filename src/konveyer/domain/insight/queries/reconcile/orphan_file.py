"""Rows and contents of files go in pairs."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Asked, Broken, Equation, breaking

_SQL = """
select f.workspace_id, 'file ' || f.id as record from file f where f.stored_as <> all(%(contents)s::text[])
union all
select null::uuid, 'content ' || c.name from unnest(%(contents)s::text[]) c(name)
 where not exists (select from file f where f.stored_as = c.name)
   and not exists (select from import_batch b where b.stored_as = c.name)
"""


class OrphanFile(Equation):
    """Needs the names of what is stored."""

    def ask(self, asked: Asked) -> Broken:
        """See Equation. Content without a row belongs to no workspace: it shows only where all are asked."""
        return breaking(asked, self.sql, contents=sorted(asked.contents))


EQUATION = OrphanFile(
    "orphan_file", _("Every file on the list has its content in the store, and every content its file."), _SQL
)
