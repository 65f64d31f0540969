"""Tags as they are drawn: a point of their colour beside the word."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from konveyer.domain.labels.models import Tag
from konveyer.domain.labels.queries.fields import Value, any_field
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.web.labels.words import shown

COLOR_NAMES = {
    "gray": pgettext_lazy("colour", "grey"),
    "red": pgettext_lazy("colour", "red"),
    "orange": pgettext_lazy("colour", "orange"),
    "yellow": pgettext_lazy("colour", "yellow"),
    "green": pgettext_lazy("colour", "green"),
    "teal": pgettext_lazy("colour", "teal"),
    "blue": pgettext_lazy("colour", "blue"),
    "violet": pgettext_lazy("colour", "violet"),
}
LISTS = {"company": "companies", "contact": "contacts", "lead": "leads"}


def chip(tag: Tag, kind: str = "") -> SafeString:
    """One tag; with a kind it opens the list of all such records that bear it."""
    inside = format_html('<span class="k-tag-dot k-tag-{}" aria-hidden="true"></span>{}', tag.color, tag.name)
    if not kind:
        return format_html('<span class="k-chip k-tag">{}</span>', inside)
    return format_html(
        '<a class="k-chip k-tag" href="{}?tag={}">{}</a>', reverse(LISTS[kind]), tag.pk, inside
    )


def chips(tags: Iterable[Tag]) -> SafeString:
    """Several side by side."""
    return format_html(
        '<span class="k-tags">{}</span>', format_html_join("", "{}", ((chip(tag),) for tag in tags))
    )


def for_card(kind: str, pk: Any, tags: Iterable[Tag], may_change: bool) -> dict[str, Any]:
    """What labels/tags.html shows on a record's page."""
    return {
        "chips": [chip(tag, kind) for tag in tags],
        "change": reverse("record-tags", args=[kind, pk]) if may_change else "",
    }


def fields_for_card(
    actor: Actor, kind: str, pk: Any, values: Iterable[Value], may_change: bool
) -> dict[str, Any]:
    """What labels/fields.html shows: what is filled, and the way to fill in more once there is a field."""
    filled = [(value.field.name, shown(value)) for value in values]
    change = may_change and (filled or any_field(actor.workspace_id, kind))
    return {
        "values": filled,
        "change": reverse("record-fields", args=[kind, pk]) if change else "",
    }
