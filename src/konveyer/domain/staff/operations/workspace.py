"""Settings of the workspace itself."""

from datetime import datetime
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.staff.events import ZoneChanged
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid


def change_workspace(
    *, actor: Actor, at: datetime, name: str, language: str, timezone: str, team_size: str, talk_seconds: int
) -> Workspace:
    """Set name, language of new presets, report zone, team size, and from how many seconds a call is a talk.

    A new zone rebuilds the stored local days at once. The currency stays: amounts were written in it.
    Raises Invalid with the field, Forbidden without settings.manage.
    """
    actor.require(Right.SETTINGS_MANAGE)
    workspace = Workspace.objects.select_for_update().get(pk=actor.workspace_id)
    values: dict[str, str | int] = {
        "name": name.strip(),
        "language": language,
        "timezone": timezone,
        "team_size": team_size,
        "talk_seconds": talk_seconds,
    }
    _check(values)
    was, became = changes({field: getattr(workspace, field) for field in values}, values)
    if not became:
        return workspace
    for field, value in became.items():
        setattr(workspace, field, value)
    workspace.save(update_fields=list(became))
    record(
        actor=actor,
        at=at,
        subject="workspace",
        subject_id=workspace.pk,
        action="changed",
        before=was,
        after=became,
    )
    if "timezone" in became:
        publish(ZoneChanged(actor, workspace.pk, str(was["timezone"]), timezone, at))
    return workspace


def _check(values: dict[str, str | int]) -> None:
    name, seconds = str(values["name"]), int(values["talk_seconds"])
    if not name or len(name) > 200:
        raise Invalid("name_empty", _("The workspace needs a name."), fields={"name": "empty"})
    if values["timezone"] not in available_timezones():
        raise Invalid(
            "timezone", _("This is not a time zone. Example: Europe/Moscow."), fields={"timezone": "unknown"}
        )
    if values["language"] not in {"ru", "en"}:
        raise Invalid("language", _("Choose Russian or English."), fields={"language": "unknown"})
    if values["team_size"] not in {"1", "2-5", "6+"}:
        raise Invalid("team_size", _("Choose 1, 2-5 or 6+."), fields={"team_size": "unknown"})
    if not 1 <= seconds <= 600:
        raise Invalid(
            "talk_seconds", _("A talk lasts from 1 to 600 seconds."), fields={"talk_seconds": "range"}
        )
