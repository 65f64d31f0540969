"""Founding a workspace."""

from datetime import datetime
from zoneinfo import available_timezones

from babel.numbers import list_currencies
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import record
from konveyer.domain.staff.rules.roles import ROLE_NAMES, roles_of_founder
from konveyer.domain.workspace.events import WorkspaceFounded
from konveyer.domain.workspace.models import Member, MemberRole, Role, User, Workspace
from konveyer.domain.workspace.rules.actor import for_workspace
from konveyer.domain.workspace.rules.rights import PRESETS
from konveyer.domain.workspace.rules.slugs import slug
from konveyer.kit import tenancy
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid
from konveyer.kit.text import sort_key


def found_workspace(
    *,
    name: str,
    owner_email: str,
    owner_password: str | None,
    owner_name: str = "",
    language: str = "ru",
    currency: str = "RUB",
    timezone: str = "Europe/Moscow",
    team_size: str = "1",
    at: datetime,
) -> Workspace:
    """Create a workspace with its twelve roles and its owner, and tell everybody who adds presets.

    An account with this e-mail is taken over as it is, its password unchanged. Raises Invalid for a name
    without letters or one that is taken.
    """
    if not name.strip():
        raise Invalid("name_empty", _("The workspace needs a name."), fields={"workspace": "empty"})
    short = slug(name)
    if Workspace.objects.filter(slug=short).exists():
        raise Invalid("name_taken", _("There is a workspace with this name already. Choose another name."))
    _check(owner_email, owner_password, currency, timezone)
    with transaction.atomic(), translation.override(language):
        workspace = Workspace.objects.create(
            slug=short,
            name=name.strip(),
            language=language,
            currency=currency,
            timezone=timezone,
            team_size=team_size,
            created_at=at,
        )
        with tenancy.enter(workspace.pk):
            roles = _roles(workspace)
            owner = _owner(workspace, owner_email, owner_password, owner_name, language, at)
            for code in roles_of_founder(team_size):
                MemberRole.objects.create(workspace=workspace, member=owner, role=roles[code])
            actor = for_workspace(workspace.pk, "command", owner.pk)
            record(
                actor=actor, at=at, subject="workspace", subject_id=workspace.pk, action="founded",
                after={"name": workspace.name, "language": language, "team_size": team_size},
            )  # fmt: skip
            record(
                actor=actor,
                at=at,
                subject="member",
                subject_id=owner.pk,
                action="created",
                after={"name": owner.name},
            )
            publish(WorkspaceFounded(actor, at, workspace.pk, language, team_size))
    return workspace


def _check(email: str, password: str | None, currency: str, timezone: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Invalid("email", _("This is not an e-mail address."), fields={"owner": "invalid"}) from error
    try:
        if password is not None:
            validate_password(password)
    except ValidationError as error:
        raise Invalid("password_weak", " ".join(error.messages), fields={"password": "weak"}) from error
    if currency not in list_currencies():
        raise Invalid(
            "currency", _("This is not a currency code. Example: RUB."), fields={"currency": "unknown"}
        )
    if timezone not in available_timezones():
        raise Invalid(
            "timezone", _("This is not a time zone. Example: Europe/Moscow."), fields={"timezone": "unknown"}
        )


def _roles(workspace: Workspace) -> dict[str, Role]:
    return {
        preset.code: Role.objects.create(
            workspace=workspace,
            code=preset.code,
            name=str(ROLE_NAMES[preset.code]),
            rights=sorted(preset.rights),
            view=preset.view,
            position=position,
        )
        for position, preset in enumerate(PRESETS)
    }


def _owner(
    workspace: Workspace, email: str, password: str | None, name: str, language: str, at: datetime
) -> Member:
    address = email.strip().lower()
    user = User.objects.filter(email=address).first() or User.objects.create_user(
        address, password, language=language, created_at=at
    )
    shown = name.strip() or address.split("@")[0]
    return Member.objects.create(
        workspace=workspace, user=user, name=shown, name_key=sort_key(shown), created_at=at
    )
