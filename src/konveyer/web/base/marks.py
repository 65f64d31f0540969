"""Cells and marks of the lists: phones to tap, people, dates, chips; strings ready for a template."""

from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from konveyer.domain.insight.queries.portfolio_told import MOVED, NAMES
from konveyer.domain.people.models import ContactPoint
from konveyer.domain.people.rules.points import link_of
from konveyer.kit import formats
from konveyer.web.kit.addresses import page_at
from konveyer.web.kit.tags.controls import chip
from konveyer.web.kit.tags.numbers import language, phone, when

STATES = {
    "open": ("", gettext_lazy("open")),
    "on_hold": ("warn", gettext_lazy("on hold")),
    "won": ("good", gettext_lazy("won")),
    "lost": ("bad", gettext_lazy("lost")),
}
TEMPERATURES = {
    "cold": pgettext_lazy("temperature", "cold"),
    "warm": pgettext_lazy("temperature", "warm"),
    "hot": pgettext_lazy("temperature", "hot"),
    "client": pgettext_lazy("temperature", "client"),
    "vip": pgettext_lazy("temperature", "VIP"),
}
CLASSES = NAMES
MOVES = MOVED
ROLES = {
    "director": gettext_lazy("director"),
    "head_of_department": gettext_lazy("head of department"),
    "decision_maker": gettext_lazy("decides"),
    "influencer": gettext_lazy("has a say"),
    "gatekeeper": gettext_lazy("guards the door"),
}
KINDS = {
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "max": "MAX",
    "vk": "VK",
    "website": gettext_lazy("Site"),
}
SIGNS = {
    "phone": "phone", "email": "mail", "telegram": "brand-telegram", "whatsapp": "brand-whatsapp", "max": "message",
    "vk": "users", "website": "world",
}  # fmt: skip
NOTHING = SafeString('<span class="k-3 k-nothing">—</span>')


def address(name: str, *args: object) -> str:
    """The address of a screen, '' while it does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def link(name: str, pk: UUID, words: object) -> SafeString:
    """The words as a link to a record's page."""
    return format_html('<a href="{}">{}</a>', page_at(name, pk), words)


def shown_point(kind: str, value: str, extension: str = "") -> str:
    """A contact point as people read it."""
    if kind in ("phone", "whatsapp"):
        return phone(f"{value};ext={extension}" if extension else value)
    return f"@{value}" if kind == "telegram" else value


def point(at: ContactPoint | None, *, contact: UUID | None = None, company: UUID | None = None) -> SafeString:
    """A contact point to tap: it opens the phone, the mail program or the messenger, and the tap is logged."""
    if at is None:
        return NOTHING
    out = (
        SafeString(' target="_blank" rel="noopener noreferrer"') if at.kind not in ("phone", "email") else ""
    )
    whose = f"contact={contact}" if contact else f"company={company}"
    tap = "" if at.kind == "website" else f"{page_at('tap', at.pk)}?{whose}"
    return format_html(
        '<a class="k-nw" href="{}"{}{}>{}</a>',
        link_of(at.kind, at.value, at.extension),
        format_html(' data-tap="{}"', tap) if tap else "",
        out,
        shown_point(at.kind, at.value, at.extension),
    )


def state(code: str) -> SafeString:
    """The state of a lead as a chip."""
    kind, words = STATES[code]
    return chip(words, kind)


def moment(at: datetime | None) -> SafeString | str:
    """A moment, or that it has not come."""
    return when(at) if at else NOTHING


def count(number: int) -> str | SafeString:
    """A count; nothing is a dash."""
    return formats.number(number, language()) if number else NOTHING


def nobody() -> str:
    """Where no name is known."""
    return _("Without a name")
