"""Icons, buttons, marks and key caps."""

from functools import lru_cache
from typing import Any

from django import template
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from konveyer.kit.formats import initials
from konveyer.web.kit.addresses import page_at

register = template.Library()


def attributes(values: dict[str, Any]) -> SafeString:
    """Keyword arguments of a tag as HTML attributes: hx_post → hx-post, class_ → class; False and None are left out."""
    pairs = []
    for name, value in values.items():
        if value is None or value is False or value == "":
            continue
        pairs.append((name.rstrip("_").replace("_", "-"), "" if value is True else value))
    return format_html_join("", ' {}="{}"', pairs)


@register.simple_tag
def icon(name: str, size: str = "", label: str = "", tone: str = "") -> SafeString:
    """A Tabler outline icon out of the sprite; sizes "s" 14, "" 16, "l" 20. With a label it is read out."""
    return _icon(name, size, str(label), tone)


@lru_cache(maxsize=1024, typed=True)  # typed: a text that is safe is not the same as one that is not
def _icon(name: str, size: str, label: str, tone: str) -> SafeString:
    """A page shows the same few dozens again and again, each is drawn once."""
    classes = " ".join(["k-i", *([f"k-i-{size}"] if size else []), *([f"k-{tone}"] if tone else [])])
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="{}" {}><use href="{}#{}"/></svg>', classes, said, static("dist/icons.svg"), name
    )


@register.simple_tag
def kbd(caps: str) -> SafeString:
    """Key caps: {% kbd "Ctrl K" %} is one cap, {% kbd "J|K" %} two."""
    return format_html_join(
        "", '<kbd class="k-kbd" aria-hidden="true">{}</kbd>', ((cap,) for cap in caps.split("|"))
    )


@register.simple_tag
def hint(caps: str, words: str) -> SafeString:
    """One entry of the line of keys."""
    return format_html("<span>{} {}</span>", kbd(caps), words)


@register.simple_tag
def button(
    label: str, kind: str = "", size: str = "", icon_: str = "", key: str = "", cap: str = "", **rest: Any
) -> SafeString:
    """A button, or a link that looks like one when it has href.

    kind: "p" the one primary of the screen, "t" quiet, "bad" destructive; size "s" 24, "b" 28, "" 32, "l" 40. `key` is
    the place on the keyboard (KeyC), `cap` what the cap says. Everything else becomes an attribute: hx_post, data_open.
    A button without label needs aria_label and becomes square.
    """
    classes = ["k-btn", *[f"k-btn-{part}" for part in (*kind.split(), size) if part]]
    if not label:
        classes.append("k-btn-i")
    extra = rest.pop("class_", "")
    rest = {"class": " ".join([*classes, *([extra] if extra else [])]), "data_key": key or None, **rest}
    inside = format_html(
        "{}{}{}",
        icon(icon_, "s" if size in ("s", "b") else "") if icon_ else "",
        label,
        kbd(cap) if cap else "",
    )
    if "href" in rest:
        return format_html("<a{}>{}</a>", attributes(rest), inside)
    return format_html("<button{}>{}</button>", attributes({"type": "button", **rest}), inside)


@register.simple_tag
def chip(text: Any, kind: str = "", icon_: str = "", href: str = "") -> SafeString:
    """A small mark: kind good, warn, bad, act or line."""
    classes = f"k-chip k-chip-{kind}" if kind else "k-chip"
    drawn = icon(icon_, "s") if icon_ else ""
    if href:
        return format_html('<a class="{}" href="{}">{}{}</a>', classes, href, drawn, text)
    return format_html('<span class="{}">{}{}</span>', classes, drawn, text)


@register.simple_tag
def avatar(name: str = "", size: str = "", queue: bool = False) -> SafeString:
    """Initials of a person in a circle; the full name on hover and read out. `queue`: nobody yet, drawn hollow."""
    classes = " ".join(["k-av", *([f"k-av-{size}"] if size else []), *(["k-av-q"] if queue else [])])
    said = name or _("Nobody yet")
    return format_html(
        '<span class="{}" role="img" aria-label="{}" title="{}">{}</span>',
        classes,
        said,
        said,
        initials(name) if name else "–",
    )


@register.simple_tag
def dot(kind: str = "") -> SafeString:
    """A point of colour beside a word; never without the word."""
    return format_html('<span class="k-dot{}" aria-hidden="true"></span>', f" k-dot-{kind}" if kind else "")


@register.simple_tag
def maybe_url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a screen, or nothing while it does not exist."""
    try:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""


@register.simple_tag
def at(name: str, *ids: Any) -> str:
    """{% at "lead-move" lead.pk %}: {% url %} for addresses in which nothing but ids of records stands, ten times as fast."""
    return page_at(name, *ids)


@register.simple_tag(takes_context=True)
def here(context: template.Context, **changes: Any) -> str:
    """This address with some parameters changed; None takes one out. Paging starts anew unless it is what changes."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name in ("after", "before"):
        query.pop(name, None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else (request.path if request is not None else "?")
