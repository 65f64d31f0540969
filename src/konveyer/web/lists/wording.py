"""Words of actions on many records."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from konveyer.domain.insight.queries.called import called
from konveyer.domain.labels.queries.fields import fields_of, options_of
from konveyer.domain.lists.models import BulkAction, BulkStep
from konveyer.domain.lists.queries.ways import live_ways
from konveyer.domain.lists.rules.selection import SUBJECTS
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.web.lead.names import name_of

ACTION_NAMES = {
    "assign": pgettext_lazy("bulk", "Give to somebody"),
    "tag": pgettext_lazy("bulk", "Put a tag on"),
    "untag": pgettext_lazy("bulk", "Take a tag off"),
    "field": pgettext_lazy("bulk", "Fill in a field of our own"),
    "move": pgettext_lazy("bulk", "Move to a stage"),
    "close": pgettext_lazy("bulk", "Close with a reason"),
}


def said(actor: Actor, asked: BulkAction) -> str:
    """The action with what it was told, in one line."""
    params = asked.params
    if asked.action == "assign":
        what = _named(actor, params["member"]) if params["member"] else _("the queue of the stage")
    elif asked.action in ("tag", "untag"):
        what = _named(actor, params["tag"])
    elif asked.action == "field":
        what = _field(actor, asked)
    else:
        conveyor, _slash, code = (params.get("stage") or params.get("reason", "")).rpartition("/")
        ways = [way for way in live_ways(actor.workspace_id) if way.code == conveyor]
        names = dict(pair for way in ways for pair in (way.stages if asked.action == "move" else way.reasons))
        what = names.get(code, code)
    return f"{ACTION_NAMES[asked.action]}: {what}"


def _named(actor: Actor, text: str) -> str:
    found = UUID(text)
    return called(actor.workspace_id, [found]).get(found, _("gone"))


def _field(actor: Actor, asked: BulkAction) -> str:
    known = {field.key: field for field in fields_of(actor.workspace_id, SUBJECTS[asked.list])}
    field = known.get(asked.params["field"])
    if field is None:
        return str(asked.params["field"])
    names = {str(option.pk): option.name for option in options_of([field]).get(field.pk, [])}
    value = asked.params["value"]
    return f"{field.name} = {names.get(value, value) or '—'}"


def record_name(step: BulkStep) -> str:
    """What the record of a step is called."""
    if step.lead:
        return name_of(step.lead)
    person = step.contact
    return (person.name or person.name_key) if person else step.company.name if step.company else ""
