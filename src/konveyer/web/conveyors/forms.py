"""Forms of the conveyor editor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from konveyer.domain.workspace.models import Role
from konveyer.web.conveyors.words import ASKS, DESTINATIONS, KINDS, PRESETS

Pairs = list[tuple[str, Any]]


class NewForm(forms.Form):
    """A new conveyor."""

    quiet = True

    preset = forms.ChoiceField(label=_("Begin with"), choices=list(PRESETS.items()), required=False)
    name = forms.CharField(
        label=_("Name of the conveyor"), max_length=120, required=False, help_text=_("Empty: as the preset is called.")
    )  # fmt: skip


class NameForm(forms.Form):
    """The name of a conveyor; `revision` is the one that was read."""

    quiet = True

    name = forms.CharField(label=_("Name of the conveyor"), max_length=120)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class StageForm(forms.Form):
    """A stage but its gate."""

    quiet = True

    name = forms.CharField(label=_("Name of the stage"), max_length=120)
    role = forms.ChoiceField(label=_("Accountable role"))
    helpers = forms.MultipleChoiceField(
        label=_("Helped by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    result = forms.CharField(
        label=_("Result"), max_length=200, required=False, help_text=_("By what one sees that the stage is passed.")
    )  # fmt: skip
    give = forms.CharField(label=_("What we give"), max_length=200, required=False)
    get = forms.CharField(label=_("What we get"), max_length=200, required=False)
    sla_hours = forms.IntegerField(
        label=_("Term, working hours"), required=False, min_value=1, max_value=10_000, help_text=_("Empty: no term.")
    )  # fmt: skip
    wip_limit = forms.IntegerField(
        label=_("Leads at once, at most"), required=False, min_value=1, max_value=100_000,
        help_text=_("Above it the board warns. Empty: no limit."),
    )  # fmt: skip
    win_point = forms.BooleanField(
        label=_("Win point"), required=False, help_text=_("Who passes this stage is won; what comes after is delivery.")
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Pairs = [(role.code, role.name) for role in roles]
        self.fields["role"].choices = named  # type: ignore[attr-defined]
        self.fields["helpers"].choices = named  # type: ignore[attr-defined]


class GateForm(forms.Form):
    """One condition of a gate. Without a label there is none."""

    quiet = True
    use_required_attribute = False

    label = forms.CharField(label=_("What must be known"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("The gate opens when it"), choices=list(KINDS.items()))
    ask = forms.ChoiceField(label=_("Asked for"), choices=list(ASKS.items()))
    choices = forms.CharField(
        label=_("List to choose from, one a line"), required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    expected = forms.CharField(label=_("Must be (a code word)"), max_length=200, required=False)
    number = forms.DecimalField(
        label=_("At least"), required=False, max_digits=14, decimal_places=2, localize=True
    )
    hint = forms.CharField(label=_("Hint for who asks"), max_length=300, required=False)
    fact = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class RouteForm(forms.Form):
    """One refusal route. Without a label there is none."""

    quiet = True
    use_required_attribute = False

    label = forms.CharField(label=_("Why it does not go on"), max_length=120, required=False)
    destination = forms.ChoiceField(label=_("The lead"), choices=list(DESTINATIONS.items()))
    rest_days = forms.IntegerField(label=_("Rests, days"), required=False, min_value=1, max_value=3_650)
    to_conveyor = forms.ChoiceField(label=_("Conveyor"), required=False)
    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, conveyors: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_conveyor"].choices = [("", "—"), *conveyors]  # type: ignore[attr-defined]


class CriterionForm(forms.Form):
    """One criterion. Without a name there is none."""

    quiet = True
    use_required_attribute = False

    label = forms.CharField(label=_("What is asked"), max_length=200, required=False)
    fact = forms.ChoiceField(
        label=_("Where the answer stands"), required=False, help_text=_("A fact that a gate asks for is not asked twice.")
    )  # fmt: skip
    ask = forms.ChoiceField(
        label=_("Asked for"), choices=[(key, ASKS[key]) for key in ("text", "yes", "choice", "number")]
    )
    must = forms.ChoiceField(
        label=_("How much it counts"), choices=[("must", _("must hold")), ("wish", _("a wish"))]
    )
    choices = forms.CharField(
        label=_("List to choose from, one a line"), required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    good = forms.CharField(
        label=_("Good of these, one a line"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Empty: any answer."),
    )  # fmt: skip
    least = forms.DecimalField(
        label=_("At least"), required=False, max_digits=14, decimal_places=2, localize=True
    )
    most = forms.DecimalField(
        label=_("At most"), required=False, max_digits=14, decimal_places=2, localize=True
    )

    def __init__(self, *args: Any, facts: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = [("", _("a new question")), *facts]  # type: ignore[attr-defined]


class WantedForm(forms.Form):
    """The whole of a set of criteria that is not a row; `was` is the number of the set that was read."""

    quiet = True

    wanted = forms.IntegerField(
        label=_("Wishes that must hold at least"), required=False, min_value=0, max_value=20
    )
    was = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


CriterionForms = forms.formset_factory(CriterionForm, extra=2, max_num=20, absolute_max=22)
GateForms = forms.formset_factory(GateForm, extra=2, max_num=20, absolute_max=22)
RouteForms = forms.formset_factory(RouteForm, extra=2, max_num=30, absolute_max=32)
