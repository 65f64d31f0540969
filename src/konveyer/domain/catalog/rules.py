"""The ladder and its words (R15)."""

from django.utils.translation import gettext_lazy as _

LEVEL_NAMES = {
    "info": _("Information"),
    "front_end": _("Front-end"),
    "core": _("Core"),
    "vip": _("VIP"),
}
KIND_NAMES = {
    "service": _("Service"),
    "goods": _("Goods"),
    "meeting": _("Meeting"),
    "course": _("Course"),
    "subscription": _("Subscription"),
}
