"""Words of erasing: what goes, what stays without his data."""

from django.utils.translation import gettext_lazy as _

GONE = {
    "point_use": _("phones and addresses"),
    "employment": _("places of work"),
    "consent": _("consents"),
    "note": _("notes"),
    "file": _("files, with their contents"),
    "field_value": _("own fields"),
    "tag_use": _("tags"),
}
EMPTIED = {
    "lead": _("leads: stage, dates, money and source stay, names and remarks go"),
    "touch": _("touches: that they took place stays, what was noted goes"),
    "deal": _("deals: amounts stay, remarks go"),
    "payment": _("payments: amounts and days stay, remarks go"),
    "lead_fact": _("facts of leads: that they were known stays, what they said goes"),
    "task": _("tasks: who and when stays, what goes"),
    "handoff": _("handoffs: from whom to whom stays, the package goes"),
}
