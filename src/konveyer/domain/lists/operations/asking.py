"""The parameters of an action, looked at before anything is gathered."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.conveyor.models import RefusalRoute, Stage
from konveyer.domain.labels.models import Tag
from konveyer.domain.labels.operations.filling import checked as checked_values
from konveyer.domain.labels.queries.fields import fields_of
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Invalid


def checked(actor: Actor, kind: str, action: str, params: Mapping[str, str]) -> dict[str, str]:
    """The same parameters, known to exist in this workspace. Raises Invalid with the one to mend."""
    {
        "assign": _member, "tag": _tag, "untag": _tag, "field": _field, "move": _stage, "close": _reason,
    }[action](actor, kind, params)  # fmt: skip
    return dict(params)


def _member(actor: Actor, kind: str, params: Mapping[str, str]) -> None:
    if (
        params["member"]
        and not Member.objects.filter(
            workspace_id=actor.workspace_id, pk=_uuid(params["member"], "member"), active=True
        ).exists()
    ):
        raise _wrong("member", _("Choose somebody who works here, or the queue."))


def _tag(actor: Actor, kind: str, params: Mapping[str, str]) -> None:
    if not Tag.objects.filter(workspace_id=actor.workspace_id, pk=_uuid(params["tag"], "tag")).exists():
        raise _wrong("tag", _("Choose a tag."))


def _field(actor: Actor, kind: str, params: Mapping[str, str]) -> None:
    known = {field.key: field for field in fields_of(actor.workspace_id, kind, in_use=True)}
    if params["field"] not in known:
        raise _wrong("field", _("Choose a field."))
    try:
        checked_values(known, {params["field"]: params["value"]})
    except Invalid as refusal:
        raise Invalid(refusal.code, refusal.message, fields={"value": "form"}) from refusal


def _stage(actor: Actor, kind: str, params: Mapping[str, str]) -> None:
    conveyor, _slash, key = params["stage"].rpartition("/")
    rows = Stage.objects.filter(
        workspace_id=actor.workspace_id, key=key, conveyor_version__conveyor__code=conveyor
    )
    if not rows.exists():
        raise _wrong("stage", _("Choose a stage."))


def _reason(actor: Actor, kind: str, params: Mapping[str, str]) -> None:
    conveyor, _slash, code = params["reason"].rpartition("/")
    rows = RefusalRoute.objects.filter(
        workspace_id=actor.workspace_id, code=code, conveyor_version__conveyor__code=conveyor
    )
    if not rows.exists():
        raise _wrong("reason", _("Choose a reason."))
    if len(params["note"]) > 500:
        raise _wrong("note", _("This is too long."))


def _uuid(text: str, name: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise _wrong(name, _("Choose one from the list.")) from error


def _wrong(name: str, words: object) -> Invalid:
    return Invalid("bulk_params", words, fields={name: "unknown"})
