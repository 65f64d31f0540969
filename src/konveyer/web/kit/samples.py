"""What the components page shows: pieces of the made-up firm, as views would hand them to templates."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SampleForm(forms.Form):
    """One field of each kind, filled in wrongly on purpose where an error is to be seen."""

    company = forms.CharField(label=gettext_lazy("Company"), initial=gettext_lazy("Kama Fasteners"))
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        help_text=gettext_lazy("With the country: +7 …"),
        error_messages={"required": gettext_lazy("Write the phone: we have no other way to reach them.")},
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Source"),
        choices=[("ads", gettext_lazy("Context advertising")), ("book", gettext_lazy("Book, variant B"))],
        required=False,
    )
    decides = forms.ChoiceField(
        label=gettext_lazy("When they decide"),
        widget=forms.RadioSelect,
        choices=[
            ("year", gettext_lazy("This year")),
            ("quarter", gettext_lazy("Next quarter")),
            ("unknown", gettext_lazy("Does not know")),
        ],
        initial="quarter",
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    alone = forms.BooleanField(label=gettext_lazy("Decides alone"), required=False, initial=True)


def figures(now: datetime) -> dict[str, Any]:
    """Rates, rows and trends for figures and charts."""
    return {
        "funnel": [
            (_("Calls"), 4180, "#figures"),
            (_("Talks"), 1301, "#figures"),
            (_("Warm"), 187, "#figures"),
            (_("Meetings"), 75, ""),
            (_("Proposals"), 42, ""),
            (_("Payments"), 10, ""),
        ],
        "bars": [
            {
                "label": _("Context advertising"),
                "sub": _("since May"),
                "value": 25.0,
                "text": "250",
                "mark": 10,
                "href": "#figures",
            },
            {"label": _("Cold calls"), "value": 4.5, "text": "45", "mark": 10, "kind": "bad"},
            {"label": _("Recommendation"), "value": 18, "text": "180", "mark": 10},
        ],
        "columns": [
            {
                "label": label,
                "value": value,
                "text": str(value),
                "target": 42,
                "kind": "act" if last else "d2",
            }
            for label, value, last in (
                (_("Jun"), 31, False),
                (_("Jul"), 44, False),
                (_("Aug"), 28, False),
                (_("Sep"), 47, False),
                (_("Oct"), 52, False),
                (_("Nov"), 37, True),
            )
        ],
        "spark": [14, 17, 12, 19, 16, 18, 21, 17, 22, 19, 24, 23],
        "split": [("act", 1284), ("d2", 312), ("grey", 97), ("bad", 7)],
        "sellers": [
            {
                "name": _("Alina Safina"),
                "role": _("telemarketer"),
                "part": 72,
                "whole": 404,
                "low": 0.144,
                "high": 0.219,
                "point": 0.178,
                "paid": Decimal("1720000"),
                "last": now - timedelta(minutes=26),
            },
            {
                "name": _("Pavel Demin"),
                "role": _("new, 5 weeks"),
                "part": 2,
                "whole": 7,
                "low": 0.08,
                "high": 0.64,
                "point": 0.286,
                "paid": Decimal("0"),
                "last": now - timedelta(days=2, hours=3),
            },
            {
                "name": _("Roza Niyazova"),
                "role": _("telemarketer"),
                "part": 16,
                "whole": 261,
                "low": 0.038,
                "high": 0.097,
                "point": 0.061,
                "paid": Decimal("412216.5"),
                "last": now - timedelta(days=400),
            },
        ],
    }


def selling(now: datetime) -> dict[str, Any]:
    """Stages, steps and touches."""
    return {
        "stages": [
            (_("Lead generation"), "done"),
            (_("First contact"), "done"),
            (_("Second contact"), "skipped"),
            (_("Meeting"), "now"),
            (_("Proposal"), "next"),
            (_("Contract"), "next"),
        ],
        "lost": [(_("Lead generation"), "done"), (_("First contact"), "lost"), (_("Second contact"), "next")],
        "steps": [_("File"), _("Columns"), _("Trial"), _("Writing")],
        "call_at": now - timedelta(days=3, hours=2),
        "letter_at": now + timedelta(days=1),
        "talk": timedelta(minutes=6, seconds=12),
        "left": timedelta(hours=27),
    }


def moved() -> str:
    """Events in answer to the sample dialog: close it and say what happened."""
    said = {"text": _("Kama Fasteners is in “Meeting”"), "kind": "good", "undo": "#"}
    return json.dumps({"close-dialog": "", "toast": said})
