"""Roles and rights: the matrix, and one role."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from konveyer.domain.staff.operations import roles as operations
from konveyer.domain.staff.queries import roster
from konveyer.domain.staff.queries.find import find
from konveyer.domain.staff.rules.roles import RIGHT_NAMES, VIEW_NAMES
from konveyer.domain.workspace.models import Role
from konveyer.domain.workspace.rules.rights import Right, View
from konveyer.kit import clock
from konveyer.web.setup.answer import attempt, done, page
from konveyer.web.setup.forms import RoleForm
from konveyer.web.work import WorkRequest, work

HERE = "setup-roles"


@work(Right.MEMBERS_MANAGE)
def roles(request: WorkRequest) -> HttpResponse:
    """Every right against every role."""
    found = roster.roles(request.actor.workspace_id)
    held = roster.holders(request.actor.workspace_id)
    context = {
        "roles": [(role, VIEW_NAMES[View(role.view)], held[role.pk]) for role in found],
        "matrix": [(words, [right in role.rights for role in found]) for right, words in RIGHT_NAMES.items()],
    }
    return page(request, "roles", HERE, context)


@work(Right.MEMBERS_MANAGE)
def role(request: WorkRequest, role_id: UUID | None = None) -> HttpResponse:
    """A new role, or one to change."""
    row = find(Role, request.actor.workspace_id, role_id) if role_id else None
    initial = {"name": row.name, "view": row.view, "rights": row.rights} if row else {}
    form = RoleForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        tried = attempt(form, lambda **values: _save(request, role_id, **values))
        if tried.done:
            return done(request, gettext_lazy("Saved."), HERE)
        status = tried.status
    context = {"form": form, "title": row.name if row else _("New role"), "role": row}
    return page(request, "role", HERE, context, status)


def _save(request: WorkRequest, role_id: UUID | None, *, name: str, view: str, rights: list[str]) -> Role:
    at = clock.now()
    if role_id is None:
        return operations.add_role(actor=request.actor, at=at, name=name, rights=rights, view=view)
    return operations.change_role(
        actor=request.actor, at=at, role_id=role_id, name=name, rights=rights, view=view
    )


@require_POST
@work(Right.MEMBERS_MANAGE)
def remove(request: WorkRequest, role_id: UUID) -> HttpResponse:
    """Only one that nobody holds and no stage names."""
    operations.remove_role(actor=request.actor, at=clock.now(), role_id=role_id)
    return done(request, gettext_lazy("The role is removed."), HERE)
