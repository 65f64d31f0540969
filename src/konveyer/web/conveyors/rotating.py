"""The form of a rule of rotation."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from konveyer.domain.leads.models import Origin
from konveyer.domain.workspace.models import Member, Role
from konveyer.web.lead.words import LEVELS

HOW = {"order": _("in turn, one after the other"), "load": _("to whoever holds fewest open leads")}
COMING = {"": _("all"), "yes": _("those who came by themselves"), "no": _("those we looked for")}


class RuleForm(forms.Form):
    """Which leads, to which role, among whom, by what."""

    quiet = True

    name = forms.CharField(label=_("Name of the rule"), max_length=120)
    role = forms.ChoiceField(label=_("Leads that come to the role"))
    how = forms.ChoiceField(label=_("Given"), choices=list(HOW.items()))
    members = forms.MultipleChoiceField(
        label=_("Among"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody ticked: everybody who holds the role. Who is away or has no room is passed over."),
    )  # fmt: skip
    incoming = forms.ChoiceField(label=_("Only leads"), choices=list(COMING.items()), required=False)
    levels = forms.MultipleChoiceField(
        label=_("Only of these levels"), required=False, choices=list(LEVELS.items()), widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("Expected money at least"), required=False, min_value=0, max_digits=14, decimal_places=2, localize=True
    )  # fmt: skip
    cities = forms.CharField(
        label=_("Only from these cities, one a line"), required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip
    industries = forms.CharField(
        label=_("Only of these industries, one a line"), required=False, max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    origins = forms.MultipleChoiceField(
        label=_("Only from these sources"), required=False, widget=forms.CheckboxSelectMultiple
    )
    position = forms.IntegerField(
        label=_("Place among the rules of the role"), min_value=1, max_value=100, required=False,
        help_text=_("The first rule that speaks of a lead decides."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, *args: Any, roles: list[Role], people: list[Member], workspace_id: UUID, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        sources = Origin.objects.filter(workspace_id=workspace_id).order_by("name")[:60]
        choices: dict[str, list[tuple[str, str]]] = {
            "role": [(str(one.pk), one.name) for one in roles],
            "members": [(str(one.pk), one.name) for one in people],
            "origins": [(one.key, one.name) for one in sources],
        }
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]
