"""Words of consents."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PURPOSES = {
    "service": _("service messages"),
    "advertising": _("advertising"),
    "calls": _("automatic calls"),
    "passing_on": _("passing data on"),
}
SOURCES = {
    "form": _("a form"),
    "page": _("a page"),
    "mail": pgettext_lazy("source of a consent", "a mail"),
    "call": pgettext_lazy("source of a consent", "a call"),
    "paper": _("on paper"),
    "by_hand": _("written down by hand"),
    "import": _("from a list"),
}
DONE = {
    "given": (pgettext_lazy("consent", "agreed"), "good"),
    "confirmed": (pgettext_lazy("consent", "confirmed"), "good"),
    "withdrawn": (pgettext_lazy("consent", "withdrawn"), "bad"),
}
LANGUAGES = {"ru": "Русский", "en": "English"}
