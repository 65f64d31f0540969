"""Frames: the limits of roles and of single members."""

from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.staff.queries import roster
from konveyer.domain.staff.queries.find import find
from konveyer.domain.staff.queries.frames import FrameRow, all_frames
from konveyer.domain.staff.rules.frames import KIND_NAMES, FrameKind
from konveyer.domain.staff.rules.roles import VIEW_NAMES
from konveyer.domain.workspace.models import Member, Role
from konveyer.domain.workspace.rules.rights import Right, View
from konveyer.kit import clock
from konveyer.kit.refusal import Invalid
from konveyer.web.kit.tags.numbers import num
from konveyer.web.setup.answer import attempt, done, page
from konveyer.web.setup.forms import FramesForm
from konveyer.web.work import WorkRequest, work

HERE = "setup-frames"


@work(Right.MEMBERS_MANAGE)
def frames(request: WorkRequest) -> HttpResponse:
    """A row per role, then per member with frames of his own."""
    workspace_id = request.actor.workspace_id
    found = all_frames(workspace_id)
    people = [person.member for person in roster.people(workspace_id) if person.member.active]
    framed = {row.member_id for row in found}
    context = {
        "kinds": list(KIND_NAMES.values()),
        "roles": [(role, _cells(found, role.pk, role.view)) for role in roster.roles(workspace_id)],
        "members": [(member, _cells(found, member.pk, "")) for member in people if member.pk in framed],
        "others": [member for member in people if member.pk not in framed],
    }
    return page(request, "frames", HERE, context)


def _cells(found: list[FrameRow], holder: UUID, view: str) -> list[str | None]:
    says = {row.kind: _said(row) for row in found if holder in (row.role_id, row.member_id)}
    if view:
        says[FrameKind.VIEW] = str(VIEW_NAMES[View(view)])
    return [says.get(kind) for kind in KIND_NAMES]


def _said(row: FrameRow) -> str:
    if row.kind == FrameKind.VIEW:
        return str(VIEW_NAMES[View(str(row.value))])
    if isinstance(row.value, Decimal):
        return num(row.value, 0 if row.value == int(row.value) else 2)
    return row.value


@work(Right.MEMBERS_MANAGE)
def of_role(request: WorkRequest, role_id: UUID) -> HttpResponse:
    """The frames of a role."""
    role = find(Role, request.actor.workspace_id, role_id)
    return _edit(request, role.name, role_id=role_id)


@work(Right.MEMBERS_MANAGE)
def of_member(request: WorkRequest, member_id: UUID) -> HttpResponse:
    """The frames of one member, which win over those of his roles."""
    member = find(Member, request.actor.workspace_id, member_id)
    return _edit(request, member.name, member_id=member_id)


def _edit(request: WorkRequest, name: str, **holder: UUID) -> HttpResponse:
    found = all_frames(request.actor.workspace_id)
    key = next(iter(holder.values()))
    initial = {
        row.kind: str(row.value).removesuffix(".00") for row in found if key in (row.role_id, row.member_id)
    }
    form = FramesForm(request.POST or None, initial=initial, with_view="member_id" in holder)
    status = 200
    if request.method == "POST":
        tried = attempt(form, lambda **values: _save(request, form, values, holder))
        if tried.done:
            return done(request, _("Saved."), HERE)
        status = tried.status
    return page(request, "form", HERE, {"form": form, "title": name}, status)


def _save(request: WorkRequest, form: FramesForm, values: dict[str, str], holder: dict[str, UUID]) -> None:
    for kind, value in values.items():
        try:
            set_frame(actor=request.actor, at=clock.now(), kind=kind, value=value, **holder)
        except Invalid as refused:
            raise Invalid(refused.code, refused.message, fields={kind: str(refused)}) from refused
