"""Parts that speak the language of selling: belt, pips, give and get, touches, facts, people."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from konveyer.web.kit.tags.controls import avatar, icon
from konveyer.web.kit.tags.numbers import when

register = template.Library()

STATES = {"done": "d", "now": "n", "skipped": "s", "lost": "lost", "hold": "hold", "next": ""}


@register.inclusion_tag("kit/parts/belt.html")
def belt(stages: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The stages of a conveyor as one band: (name, "done" | "now" | "skipped" | "next" | "lost" | "hold")."""
    return {"stages": [{"name": name, "state": state, "class": STATES[state]} for name, state in stages]}


@register.simple_tag
def pips(done: int, planned: int = 6, now: bool = False, bare: bool = False) -> SafeString:
    """Touches done of those planned, at least six drawn; `now`: the next one is under way."""
    planned = max(planned, done, 1)
    drawn = format_html_join("", "<i{}></i>", ((_pip(at, done, now),) for at in range(min(planned, 12))))
    said = _("touch %(done)s of %(planned)s") % {"done": done + (1 if now else 0), "planned": planned}
    figure = "" if bare else format_html("<span>{}/{}</span>", done + (1 if now else 0), planned)
    return format_html(
        '<span class="k-pips-n" role="img" aria-label="{}" title="{}"><span class="k-pips" aria-hidden="true">{}</span>{}</span>',
        said,
        said,
        drawn,
        figure,
    )


@lru_cache(maxsize=512)
def kept_pips(done: int, planned: int, spoken: str) -> str:
    """The same for lists, where they repeat: kept by the language, which the words depend on."""
    return str(pips(done, planned))


def _pip(at: int, done: int, now: bool) -> SafeString:
    if at < done:
        return SafeString(' class="d"')
    return SafeString(' class="n"') if now and at == done else SafeString("")


@register.simple_tag
def give_get(give: str = "", get: str = "") -> SafeString:
    """What we give (↗) and what we get (↙), one under the other."""
    return format_html(
        '<div class="k-gg">{}<span class="k-cut">{}</span>{}<span class="k-cut">{}</span></div>',
        icon("arrow-up-right", label=_("we give")),
        give or "—",
        icon("arrow-down-left", label=_("we get")),
        get or "—",
    )


@register.simple_block_tag
def touch(
    content: str,
    title: str,
    number: int | None = None,
    at: datetime | None = None,
    state: str = "done",
    sign: str = "",
    **rest: Any,
) -> SafeString:
    """One line of a timeline: {% touch _("Call") number=4 at=call.at %}…{% endtouch %}.

    state: done, planned, now; without a number the `sign` (an icon) marks an event that is no touch. Stands in
    <ol class="k-tl">.
    """
    marks = {"planned": "k-tn k-tn-p", "now": "k-tn k-tn-n", "done": "k-tn"}
    mark = (
        format_html('<span class="k-tn k-tn-e">{}</span>', icon(sign or "note"))
        if number is None
        else format_html('<span class="{}">{}</span>', marks[state], number)
    )
    inside = (
        format_html('<div class="k-tl-s">{}</div>', SafeString(content.strip())) if content.strip() else ""
    )
    return format_html(
        '<li{}>{}<div><div class="k-tl-h"><b>{}</b>{}</div>{}</div></li>',
        SafeString(' class="p"') if state == "planned" else "",
        mark,
        title,
        when(at) if at else "",
        inside,
    )


@register.simple_tag
def fact(label: str, value: Any = "", done: bool = True, href: str = "", action: str = "") -> SafeString:
    """A fact that a gate asks for: known with its value, or missing with a way to fill it in. Stands in a <ul>."""
    right: Any = value
    if not done and (href or action):
        right = format_html('<a href="{}">{}</a>', href, action or _("fill in"))
    return format_html(
        '<li class="k-fact{}">{}<span>{}</span><span class="k-3 k-12">{}</span></li>',
        "" if done else " k-fact-no",
        icon("check", label=_("known")) if done else icon("circle-dashed", label=_("missing")),
        label,
        right,
    )


@register.simple_tag
def person(name: str, role: str = "", href: str = "", size: str = "") -> SafeString:
    """A person of ours in a row: initials, name, what he does."""
    shown = format_html('<a href="{}">{}</a>', href, name) if href else name
    sub = format_html("<small>{}</small>", role) if role else ""
    return format_html(
        '<span class="k-person">{}<span class="k-cut">{}{}</span></span>',
        avatar(name, size),
        shown or _("Nobody yet"),
        sub,
    )


@register.inclusion_tag("kit/parts/steps.html")
def steps(names: Iterable[str], at: int) -> dict[str, Any]:
    """Steps of a wizard; `at` counts from 1."""
    marked = [
        {"name": name, "number": number, "done": number < at, "now": number == at}
        for number, name in enumerate(names, 1)
    ]
    return {"steps": marked}
