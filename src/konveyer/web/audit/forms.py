"""The form of a benchmark."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.rules.telling import Unit


class BenchmarkForm(forms.Form):
    """Both bounds; of shares in per cent. `back` asks for the method's bounds."""

    good = forms.DecimalField(
        label=_("Good"), min_value=0, max_value=1_000_000, max_digits=13, decimal_places=6, localize=True
    )
    weak = forms.DecimalField(
        label=_("Weak"), min_value=0, max_value=1_000_000, max_digits=13, decimal_places=6, localize=True
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, data: Any = None, *, unit: Unit, initial: dict[str, Any]) -> None:
        self.scale = Decimal(100) if unit == Unit.SHARE else Decimal(1)
        shown = {name: (initial[name] * self.scale).normalize() for name in ("good", "weak")}
        super().__init__(
            data, initial=initial | {name: Decimal(f"{value:f}") for name, value in shown.items()}
        )
        self.back = bool(data) and "back" in data
        if unit == Unit.SHARE:
            self.fields["good"].label = _("Good, %")
            self.fields["weak"].label = _("Weak, %")
        if self.back:
            self.fields["good"].required = self.fields["weak"].required = False

    def bounds(self) -> dict[str, Any]:
        """What the operation takes."""
        version = self.cleaned_data.get("version") or 0
        if self.back:
            return {"good": None, "weak": None, "version": version}
        return {
            "good": self.cleaned_data["good"] / self.scale, "weak": self.cleaned_data["weak"] / self.scale, "version": version,
        }  # fmt: skip
