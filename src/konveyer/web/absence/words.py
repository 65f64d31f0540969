"""Words of the absences."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES = {
    "planned": (pgettext_lazy("absence", "planned"), "act"),
    "away": (pgettext_lazy("absence", "away"), "warn"),
    "gone": (pgettext_lazy("absence", "left"), ""),
    "back": (pgettext_lazy("absence", "back"), "good"),
    "called_off": (pgettext_lazy("absence", "called off"), ""),
}
WHY = {
    "closed": _("closed meanwhile"),
    "elsewhere": _("somebody moved it on"),
    "talked": _("the deputy has talked with them and keeps it"),
}
