"""Why a handoff is given back: a list, so that it can be counted (S25)."""

from django.utils.translation import gettext_lazy as _

RETURN_REASONS = {
    "not_qualified": _("Does not meet our criteria"),
    "facts_missing": _("Facts are missing"),
    "wrong_person": _("Not the person who decides"),
    "bad_timing": _("Too early"),
    "unreachable": _("Cannot be reached"),
    "not_mine": _("Not my kind of client"),
    "no_capacity": _("No capacity now"),
}
