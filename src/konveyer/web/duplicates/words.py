"""Words of duplicates."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "tax_number": _("same tax number"),
    "email": _("same e-mail"),
    "role_email": _("same shared e-mail"),
    "phone": _("same phone"),
    "account": _("same account"),
    "domain": _("same site or mail domain"),
    "name": _("same name"),
    "full_name": _("same full name"),
    "similar_name": _("similar name"),
    "company": _("same place of work"),
    "city": _("same city"),
    "other_tax_number": _("but another tax number"),
    "other_name": _("but another name"),
    "other_patronymic": _("but another patronymic"),
    "other_points": _("but other phones and addresses"),
}
AGAINST = ("other_tax_number", "other_name", "other_patronymic", "other_points")
FIELDS = {
    "name": pgettext_lazy("changed", "name"),
    "legal_name": _("full legal name"),
    "tax_number": _("tax number"),
    "domain": _("site"),
    "city": _("city"),
    "industry": _("industry"),
    "external_key": _("number in another system"),
    "last_name": _("last name"),
    "first_name": _("first name"),
    "patronymic": _("patronymic"),
    "timezone": pgettext_lazy("changed", "time zone"),
    "language": pgettext_lazy("changed", "language"),
}
COUNTS = {"lead": _("leads"), "touch": _("touches"), "note": _("notes"), "file": _("files")}
TABLES = {
    **COUNTS,
    "company": pgettext_lazy("record", "company"),
    "contact": pgettext_lazy("record", "person"),
    "deal": _("deals"),
    "point_use": _("phones and addresses"),
    "employment": _("places of work"),
}
WHY = {
    "changed_since": _("somebody worked on it since"),
    "moved_on": _("it was moved on, or is gone"),
    "gone": _("it is no longer there"),
    "another_open": _("another open lead stands in the way"),
    "in_the_way": _("the same stands there again"),
}


def why(line: dict[str, str]) -> str:
    """What stayed as it is after a merge was taken back, and why."""
    sort, _colon, name = line["why"].partition(":")
    if name:
        words = FIELDS.get(name, name)
        if sort == "field":
            return str(_("%(field)s: somebody changed it since")) % {"field": words}
        return str(_("%(field)s: somebody else has it by now")) % {"field": words}
    return f"{TABLES.get(line['table'], line['table'])}: {WHY.get(line['why'], line['why'])}"
