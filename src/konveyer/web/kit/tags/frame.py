"""Parts of the frame of a screen that are the same for everybody who has the same rights and reads the same language."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from konveyer.web.kit import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def kept(context: template.Context, name: str) -> SafeString:
    """A template that shows nothing but the nav and fixed words, drawn once: {% kept "kit/parts/keys.html" %}.

    It sees `nav_sections` and `nav_foot` with their current entry, and nothing of the request, the workspace or its records.
    """
    actor = context.get("actor")
    rights = frozenset(actor.rights) if actor else None
    at = navigation.here(rights, context["request"].path) if rights is not None else ""
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
    return draw(name, get_language() or "", rights, at)


@lru_cache(maxsize=512)
def _drawn(name: str, _language: str, rights: frozenset[str] | None, at: str) -> SafeString:
    """`_language` is the active one, in which the words come; `rights` are None for visitors, who have no nav."""
    nav = (
        {}
        if rights is None
        else {
            "nav_sections": navigation.sections(rights, at),
            "nav_foot": navigation.foot(rights, at),
        }
    )
    return render_to_string(name, nav)
