"""Words of fields: their kinds, whose they are, and values as people read them."""

from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from konveyer.domain.labels.models import CustomField
from konveyer.domain.labels.queries.fields import Value, fields_of, options_of
from konveyer.domain.labels.rules.label_filter import EMPTY, FILLED, LabelFilter
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit import formats
from konveyer.web.kit.tags.numbers import day, language

KIND_NAMES = {
    "text": pgettext_lazy("field", "text"),
    "long_text": pgettext_lazy("field", "long text"),
    "number": pgettext_lazy("field", "number"),
    "money": pgettext_lazy("field", "money"),
    "date": pgettext_lazy("field", "date"),
    "yes": pgettext_lazy("field", "yes or no"),
    "choice": pgettext_lazy("field", "choice of one"),
    "choices": pgettext_lazy("field", "choice of several"),
    "link": pgettext_lazy("field", "link"),
}
OF_SUBJECT = {
    "company": gettext_lazy("companies"),
    "contact": gettext_lazy("people"),
    "lead": gettext_lazy("leads"),
}


def shown(value: Value) -> SafeString | str:
    """The value of a field as people read it; a link opens in a place of its own."""
    kind = value.field.kind
    if kind == "link":
        return format_html(
            '<a href="{0}" target="_blank" rel="noopener noreferrer nofollow">{1}</a>',
            value.shown[0],
            value.shown[0].split("://", 1)[-1],
        )
    return ", ".join(_one(kind, one, value.currency) for one in value.shown)


def _one(kind: str, value: Any, currency: str) -> str:
    if kind == "money":
        return formats.money(value, currency, language())
    if kind == "number":
        exponent = value.normalize().as_tuple().exponent
        return formats.number(value, language(), max(0, -int(exponent)))
    if kind == "date":
        return day(value)
    if kind == "yes":
        return _("yes") if value else _("no")
    return str(value)


def plain(value: Value | None) -> Any:
    """The value for a file: numbers and days stay such."""
    if value is None:
        return ""
    if len(value.shown) == 1 and value.field.kind == "number":
        return Decimal(f"{value.shown[0].normalize():f}")  # without the zeros that the column keeps
    if len(value.shown) == 1 and value.field.kind in ("money", "date"):
        return value.shown[0]
    return ", ".join(_one(value.field.kind, one, value.currency) for one in value.shown)


def typed(field: CustomField, raw: list[Any]) -> str:
    """What stands in the input of a field that is not a choice of several."""
    if not raw:
        return ""
    if field.kind == "yes":
        return "yes" if raw[0] else "no"
    if hasattr(raw[0], "normalize"):
        return f"{raw[0].normalize():f}"
    return str(raw[0])


def wished(actor: Actor, subject: str, wanted: LabelFilter) -> list[tuple[str, str]]:
    """(parameter, words) for each wish of a filter by fields. At most two queries."""
    if not wanted.fields:
        return []
    known = {one.key: one for one in fields_of(actor.workspace_id, subject)}
    named = {
        str(option.pk): option.name for options in options_of(known.values()).values() for option in options
    }
    special = {FILLED: _("filled"), EMPTY: _("empty"), "yes": _("yes"), "no": _("no")}
    signs = {"is": "", "from": "≥ ", "to": "≤ "}
    return [
        (
            wish.name,
            f"{known[wish.key].name}: {signs[wish.sign]}{special.get(wish.value) or named.get(wish.value, wish.value)}",
        )
        for wish in wanted.fields
        if wish.key in known
    ]
