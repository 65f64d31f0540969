"""Going away, as a form."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

RULES = {
    "deputy": _("his deputy"),
    "share": _("shared among those who hold the role"),
    "member": _("one person"),
}
OWN_RULE = {"deputy": _("my deputy")}


def _key(text: str) -> UUID | None:
    return UUID(text) if text else None


class AwayForm(forms.Form):
    """Who is away, from when to when, and who takes the work."""

    quiet = True  # an empty field means something here

    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    ends_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        """`people` to choose from; None: he speaks of himself alone, and his deputy takes the work."""
        super().__init__(*args, **kwargs)
        if people is None:
            return
        self.fields["member_id"] = forms.TypedChoiceField(label=_("Who is away"), choices=people, coerce=_key)
        self.fields["rule"] = forms.ChoiceField(label=_("Who takes the work"), choices=list(RULES.items()))
        self.fields["to"] = forms.TypedChoiceField(
            label=_("One person: who"), choices=[("", "—"), *people], coerce=_key, empty_value=None, required=False,
        )  # fmt: skip
        self.order_fields(["member_id", "starts_on", "ends_on", "rule", "to"])
