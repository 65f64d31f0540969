"""What a webhook can be told. The codes never change; the words are for the screen."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "lead.opened": _("A lead was opened"),
    "lead.moved": _("A lead changed its stage"),
    "lead.assigned": _("A lead has another owner"),
    "lead.won": _("A lead was won"),
    "lead.lost": _("A lead was closed without a sale"),
    "lead.reopened": _("A closed lead is open again"),
    "handoff.sent": _("A lead was handed on"),
    "handoff.accepted": _("A handed lead was taken"),
    "handoff.returned": _("A handed lead was given back"),
    "touch.recorded": _("A touch was written down"),
    "deal.changed": _("A deal changed"),
    "deal.won": _("A deal was won"),
    "deal.lost": _("A deal was lost"),
    "payment.recorded": _("Money was received or given back"),
    "company.created": _("A company was added"),
    "contact.created": _("A person was added"),
    "member.joined": _("A member joined"),
    "member.left": _("A member left"),
    "test": _("A test from the settings"),
}
