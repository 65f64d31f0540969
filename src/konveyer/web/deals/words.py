"""What the states of a deal are called."""

from django.utils.translation import pgettext_lazy

STATUS_NAMES = {
    "open": pgettext_lazy("deal", "open"),
    "won": pgettext_lazy("deal", "won"),
    "lost": pgettext_lazy("deal", "lost"),
    "on_hold": pgettext_lazy("deal", "on hold"),
}
STATUS_TONES = {"open": "", "won": "good", "lost": "bad", "on_hold": "warn"}
