"""Why an undo left something alone, in words."""

from django.utils.translation import gettext as _


def why_kept(why: str, detail: str) -> str:
    """The reason in words."""
    if why == "fields":
        return _("changed since: {fields}").format(fields=detail)
    return {
        "changed_since": _("somebody changed it since"),
        "payment": _("money was received for it"),
        "another_open": _("there is another open lead of the same client now"),
    }.get(why) or _("it is in use: {table}").format(table=table_words().get(detail, detail))


def table_words() -> dict[str, str]:
    """Tables as people call them."""
    return {
        "lead": _("leads"), "deal": _("deals"), "touch": _("touches"), "task": _("tasks"), "handoff": _("handoffs"),
        "note": _("notes"), "file": _("files"), "payment": _("payments"), "contact": _("people"), "company": _("companies"),
        "point_use": _("phones and addresses"), "employment": _("places of work"), "stage_pass": _("the way on the conveyor"),
        "tag_use": _("tags of other records"), "field_value": _("our own fields"),
    }  # fmt: skip
