"""Changing roles: their names, rights and views. The owner's role keeps every right, so that nobody is locked out."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.staff.queries.find import find
from konveyer.domain.staff.rules.authority import require_above, require_grantable
from konveyer.domain.workspace.models import Frame, MemberRole, Role
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right, View
from konveyer.domain.workspace.rules.slugs import slug
from konveyer.kit.refusal import Invalid, Refused

_VIEWS = {view.value for view in View}


def add_role(
    *, actor: Actor, at: datetime, name: str, rights: Collection[str], view: str = "own", code: str = ""
) -> Role:
    """A role of the workspace's own, last in the order. Raises Invalid, Forbidden beyond the actor's rights."""
    actor.require(Right.MEMBERS_MANAGE)
    _check(name, rights, view)
    require_grantable(actor, rights, view)
    code = code or slug(name).replace("-", "_")[:40]
    if Role.objects.filter(workspace_id=actor.workspace_id, code=code).exists():
        raise Invalid(
            "role_taken",
            _("There is a role with this name already. Choose another name."),
            fields={"name": "taken"},
        )
    last = Role.objects.filter(workspace_id=actor.workspace_id).aggregate(last=Max("position"))["last"] or 0
    role = Role.objects.create(
        workspace_id=actor.workspace_id,
        code=code,
        name=name.strip(),
        rights=sorted(rights),
        view=view,
        position=last + 1,
    )
    record(
        actor=actor, at=at, subject="role", subject_id=role.pk, action="created",
        after={"name": role.name, "rights": role.rights, "view": role.view},
    )  # fmt: skip
    return role


def change_role(
    *, actor: Actor, at: datetime, role_id: UUID, name: str, rights: Collection[str], view: str
) -> Role:
    """Rename a role and set its rights and view.

    Raises Refused when the owner's role would lose rights, Forbidden where a right given or taken is not the
    actor's own.
    """
    actor.require(Right.MEMBERS_MANAGE)
    role = find(Role, actor.workspace_id, role_id, lock=True)
    _check(name, rights, view)
    if role.code == "owner" and (set(role.rights) != set(rights) or role.view != view):
        raise Refused("owner_role", _("The owner's role always holds every right and sees everything."))
    given, taken = set(rights) - set(role.rights), set(role.rights) - set(rights)
    require_grantable(actor, given, view if view != role.view else View.OWN)
    require_above(actor, taken)
    before = {"name": role.name, "rights": role.rights, "view": role.view}
    role.name, role.rights, role.view = name.strip(), sorted(rights), view
    was, became = changes(before, {"name": role.name, "rights": role.rights, "view": role.view})
    if became:
        role.save()
        record(
            actor=actor, at=at, subject="role", subject_id=role.pk, action="changed", before=was, after=became
        )
    return role


def remove_role(*, actor: Actor, at: datetime, role_id: UUID) -> None:
    """Delete a role that nobody holds and no stage names. Raises Refused otherwise."""
    actor.require(Right.MEMBERS_MANAGE)
    role = find(Role, actor.workspace_id, role_id, lock=True)
    require_above(actor, role.rights)
    held = MemberRole.objects.filter(workspace_id=actor.workspace_id, role=role).count()
    if held or role.code == "owner":
        raise Refused(
            "role_held",
            _("Somebody holds this role. Give these members another one first."),
            details={"members": held},
        )
    before = {"name": role.name, "code": role.code, "rights": role.rights, "view": role.view}
    try:
        with transaction.atomic():
            Frame.objects.filter(workspace_id=actor.workspace_id, role=role).delete()
            Role.objects.filter(workspace_id=actor.workspace_id, pk=role_id).delete()
            _settle_keys()
    except IntegrityError as error:
        raise Refused(
            "role_used",
            _("A stage of a conveyor or a queue of leads belongs to this role. Change that first."),
        ) from error
    record(actor=actor, at=at, subject="role", subject_id=role_id, action="removed", before=before)


def _settle_keys() -> None:
    """Foreign keys are checked at the end of the transaction; here the answer is needed now."""
    from django.db import connection

    connection.check_constraints()


def _check(name: str, rights: Collection[str], view: str) -> None:
    if not name.strip() or len(name) > 120:
        raise Invalid("name", _("A role needs a name of at most 120 letters."), fields={"name": "invalid"})
    unknown = sorted(set(rights) - {right.value for right in Right})
    if unknown:
        raise Invalid(
            "right_unknown",
            _("There is no such right: %s.") % ", ".join(unknown),
            fields={"rights": "unknown"},
        )
    if view not in _VIEWS:
        raise Invalid("view", _("Choose one of: own, team, all."), fields={"view": "unknown"})
