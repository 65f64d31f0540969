"""What a part of a screen says when there is nothing to show, when it waits, and when something is to be known."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from konveyer.web.kit.tags.controls import icon

register = template.Library()

SIGNS = {
    "": "info-circle",
    "act": "info-circle",
    "good": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-circle",
}


@register.simple_block_tag
def note(content: str, kind: str = "", sign: str = "", small: bool = False, role: str = "") -> SafeString:
    """A note beside the work: {% note kind="warn" %}<b>…</b> …{% endnote %}; kind act, good, warn, bad or none."""
    classes = " ".join(["k-note", *([f"k-note-{kind}"] if kind else []), *(["k-note-12"] if small else [])])
    said = format_html(' role="{}"', role) if role else ""
    return format_html(
        '<div class="{}"{}>{}<span>{}</span></div>',
        classes,
        said,
        icon(sign or SIGNS[kind]),
        SafeString(content.strip()),
    )


@register.inclusion_tag("kit/parts/empty.html")
def empty(
    title: str, text: str = "", sign: str = "inbox", action: str = "", href: str = "", **rest: Any
) -> dict[str, Any]:
    """Nothing here yet: when the first one will appear, and one action."""
    from konveyer.web.kit.tags.controls import attributes

    return {
        "title": title,
        "text": text,
        "sign": sign,
        "action": action,
        "href": href,
        "attributes": attributes(rest),
    }


@register.inclusion_tag("kit/parts/loading.html")
def loading(text: str = "", rows: int = 5) -> dict[str, Any]:
    """Rows of the final height while figures are counted; shown after 300 ms, without anything that turns."""
    return {"text": text, "rows": range(rows)}
