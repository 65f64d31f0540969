"""Words of the conveyor editor."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PRESETS = {
    "": _("empty"),
    "new_clients": _("New clients: a specialist for each stage"),
    "inbound": _("Inbound inquiries"),
    "classic": _("Classic: one seller does all"),
    "cold_calling": _("Cold calling 2.0: a letter instead of a cold call"),
    "webinar": _("Webinar"),
    "base_care": _("Base care: calling through the client base"),
}
STATES = {
    "live": (pgettext_lazy("conveyor", "takes leads"), "good"),
    "retired": (pgettext_lazy("conveyor", "retired"), ""),
    "draft": (pgettext_lazy("conveyor", "draft"), "act"),
}
KINDS = {
    "filled": _("is known"),
    "questionnaire": _("the questionnaire is answered"),
    "code_word": _("the code word is named"),
    "touches": _("so many touches were made"),
    "meeting_held": _("the meeting took place"),
    "qualified": _("the lead is qualified by the criteria"),
    "document_signed": _("the document is signed"),
    "invoice_paid": _("the payment came"),
}
ASKS = {
    "text": _("in words"),
    "choice": _("one of a list"),
    "number": _("as a number"),
    "date": _("as a date"),
    "yes": _("yes or no"),
}
DESTINATIONS = {
    "nurture": _("rests and comes back"),
    "other_conveyor": _("goes to another conveyor"),
    "disqualified": _("is no client of ours"),
    "lost": _("is lost"),
}
