"""What channels, outcomes, temperatures and levels are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CHANNELS = {
    "call": pgettext_lazy("touch", "Call"),
    "mail": pgettext_lazy("touch", "Mail"),
    "meeting": pgettext_lazy("touch", "Meeting"),
    "message": pgettext_lazy("touch", "Message"),
    "letter": pgettext_lazy("touch", "Letter"),
    "webinar": pgettext_lazy("touch", "Webinar"),
}
SIGNS = {
    "call": "phone",
    "mail": "mail",
    "meeting": "calendar",
    "message": "message",
    "letter": "send",
    "webinar": "video",
    "todo": "checklist",
    "sort": "inbox",
}
TASKS = {
    "call": _("Call"),
    "mail": _("Write a mail"),
    "meeting": pgettext_lazy("touch", "Meeting"),
    "message": _("Write a message"),
    "letter": _("Send a letter"),
    "todo": pgettext_lazy("task", "Something else"),
}
FOLLOWING = {
    "call": pgettext_lazy("follows", "call"),
    "mail": pgettext_lazy("follows", "mail"),
    "meeting": pgettext_lazy("follows", "meeting"),
    "message": pgettext_lazy("follows", "message"),
    "letter": pgettext_lazy("follows", "letter"),
    "todo": pgettext_lazy("follows", "think it over"),
}
OUTCOMES = {
    "talked": pgettext_lazy("outcome", "talked"),
    "interest": pgettext_lazy("outcome", "interested"),
    "agreed": pgettext_lazy("outcome", "agreed to meet"),
    "later": pgettext_lazy("outcome", "later, named a time"),
    "refusal": pgettext_lazy("outcome", "refusal"),
    "gatekeeper": pgettext_lazy("outcome", "gatekeeper"),
    "no_answer": pgettext_lazy("outcome", "no answer"),
    "busy": pgettext_lazy("outcome", "busy"),
    "wrong_number": pgettext_lazy("outcome", "wrong number"),
    "do_not_call": pgettext_lazy("outcome", "do not call"),
    "sent": pgettext_lazy("outcome", "sent"),
    "delivered": pgettext_lazy("outcome", "delivered"),
    "replied": pgettext_lazy("outcome", "replied"),
    "held": pgettext_lazy("outcome", "took place"),
    "not_held": pgettext_lazy("outcome", "did not take place"),
}
TONES = {
    "interest": "good",
    "agreed": "good",
    "held": "good",
    "replied": "good",
    "refusal": "bad",
    "do_not_call": "bad",
    "wrong_number": "bad",
    "not_held": "warn",
}
TEMPERATURES = {
    "cold": _("cold"),
    "warm": _("warm"),
    "hot": _("hot"),
    "client": pgettext_lazy("temperature", "client"),
    "vip": "VIP",
}
HEAT = {"cold": "", "warm": "line", "hot": "good", "client": "good", "vip": "good"}
LEVELS = {
    "info": _("information level"),
    "front_end": _("front-end"),
    "core": _("core product"),
    "vip": "VIP",
}
STATES = {
    "open": pgettext_lazy("lead", "open"),
    "on_hold": pgettext_lazy("lead", "resting"),
    "won": pgettext_lazy("lead", "won"),
    "lost": pgettext_lazy("lead", "lost"),
}
BUYING_ROLES = {
    "director": _("director"),
    "head_of_department": _("head of department"),
    "decision_maker": _("decides"),
    "influencer": _("has influence"),
    "gatekeeper": _("gatekeeper"),
}
