"""What stands in the nav, as data. A screen adds itself here: one line, in the group where people look for it.

An entry is shown to members who hold its right, and only once its address exists.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from konveyer.domain.workspace.rules.rights import Right


@dataclass(frozen=True)
class Entry:
    """One line of the nav: its words, the name of its address, its icon, who sees it, its key after G."""

    label: str | Promise
    url: str
    icon: str
    right: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class Group:
    """Entries under one heading; the first group has none."""

    label: str | Promise
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Link:
    """An entry ready to be shown."""

    label: str | Promise
    href: str
    icon: str
    key: str | None
    current: bool


@dataclass(frozen=True)
class Section:
    """A group ready to be shown."""

    label: str | Promise
    links: list[Link] = field(default_factory=list)


GROUPS: tuple[Group, ...] = (
    Group(
        "",
        (
            Entry(_("My day"), "my-day", "sun", Right.LEADS_WORK, key="KeyM"),
            Entry(_("Board"), "board", "layout-kanban", Right.LEADS_WORK, key="KeyD"),
            Entry(_("Leads"), "leads", "list", Right.LEADS_WORK, key="KeyL"),
        ),
    ),
    Group(
        pgettext_lazy("nav", "Base"),
        (
            Entry(_("Companies"), "companies", "building", Right.BASE_READ, key="KeyB"),
            Entry(_("People"), "contacts", "address-book", Right.BASE_READ, key="KeyP"),
            Entry(pgettext_lazy("nav", "Import"), "imports", "file-import", Right.BASE_IMPORT, key="KeyI"),
            Entry(_("Portfolio"), "portfolio", "chart-bar", Right.FUNNEL_READ, key="KeyV"),
            Entry(_("Duplicates"), "duplicates", "copy", Right.BASE_IMPORT, key="KeyU"),
        ),
    ),
    Group(
        pgettext_lazy("nav", "Money"),
        (
            Entry(_("Products"), "products", "diamond", key="KeyC"),
            Entry(_("Deals"), "deals", "receipt", Right.DEALS_READ, key="KeyR"),
        ),
    ),
    Group(
        pgettext_lazy("nav", "Figures"),
        (
            Entry(_("Daily sheet"), "sheet", "list", Right.FUNNEL_READ, key="KeyT"),
            Entry(_("Funnel"), "funnel", "filter", Right.FUNNEL_READ, key="KeyF"),
            Entry(_("Forecast"), "forecast", "chart-bar", Right.FUNNEL_READ, key="KeyO"),
            Entry(pgettext_lazy("nav", "Audit"), "audit", "stethoscope", Right.AUDIT_READ, key="KeyA"),
            Entry(_("Handoffs"), "handoffs", "transfer", Right.FUNNEL_READ, key="KeyH"),
            Entry(_("Journal"), "journal", "history", Right.JOURNAL_READ, key="KeyJ"),
        ),
    ),
)

FOOT: tuple[Entry, ...] = (Entry(_("Settings"), "setup", "settings", key="KeyS"),)


def _links(entries: Collection[Entry], rights: Collection[str], here: str) -> Iterator[Link]:
    for entry in entries:
        href = address(entry, rights)
        if href:
            yield Link(entry.label, href, entry.icon, entry.key, current=href == here)


def address(entry: Entry, rights: Collection[str]) -> str:
    """Where an entry leads; empty when the member may not go there or the screen does not exist."""
    if entry.right and entry.right not in rights:
        return ""
    return _place(entry.url)


@cache
def _place(name: str) -> str:
    """The address of a screen, or nothing: looked up once, as every page asks for all of them."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def here(rights: Collection[str], path: str) -> str:
    """The deepest entry that the path stands under."""
    entries = [*FOOT, *(entry for group in GROUPS for entry in group.entries)]
    under = [
        href
        for href in (address(entry, rights) for entry in entries)
        if href and (path == href or (href != "/" and path.startswith(href.rstrip("/") + "/")))
    ]
    return max(under, key=len, default="")


def sections(rights: Collection[str], now_at: str) -> list[Section]:
    """The nav of one member, the entry of the address `now_at` marked as the current one; empty groups are left out."""
    shown = [Section(group.label, list(_links(group.entries, rights, now_at))) for group in GROUPS]
    return [section for section in shown if section.links]


def foot(rights: Collection[str], now_at: str) -> list[Link]:
    """Entries that stand at the foot of the nav."""
    return list(_links(FOOT, rights, now_at))
