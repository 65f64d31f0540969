"""The texts that people agree to, in the settings: versions, none of which is ever changed."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from konveyer.domain.consent.operations import write_text
from konveyer.domain.consent.queries import ledger
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.consent.words import LANGUAGES, PURPOSES
from konveyer.web.setup.answer import attempt, done, page
from konveyer.web.work import WorkRequest, work

HERE = "setup-consent-texts"


class TextForm(forms.Form):
    """A new text, or the next version of one."""

    purpose = forms.ChoiceField(label=gettext_lazy("For what"), choices=list(PURPOSES.items()))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=list(LANGUAGES.items()))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("The words"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10})
    )


@work(Right.SETTINGS_MANAGE)
def texts(request: WorkRequest) -> HttpResponse:
    """All versions, the latest of each first."""
    rows = ledger.texts(request.actor.workspace_id)
    latest = {(one.purpose, one.language): one.pk for one in reversed(rows)}
    lines = [
        (one, PURPOSES[one.purpose], LANGUAGES[one.language], latest[one.purpose, one.language] == one.pk)
        for one in rows
    ]
    return page(request, "consent/texts", HERE, {"lines": lines})


@work(Right.SETTINGS_MANAGE)
def new(request: WorkRequest) -> HttpResponse:
    """A text; one for the same purpose and language is its next version."""
    rows = {(one.purpose, one.language): one for one in ledger.texts(request.actor.workspace_id, newest=True)}
    asked = rows.get((request.GET.get("purpose", ""), request.GET.get("language", "")))
    initial = (
        {"purpose": asked.purpose, "language": asked.language, "title": asked.title, "body": asked.body}
        if asked
        else {"language": request.workspace.language, "purpose": "advertising"}
    )
    form = TextForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        tried = attempt(form, lambda **given: write_text(actor=request.actor, at=clock.now(), **given))
        if tried.done:
            return done(
                request,
                gettext_lazy("The text is written. Former versions stay for those who agreed to them."),
                HERE,
            )
        status = tried.status
    return page(request, "form", HERE, {"form": form, "title": _("Consent text")}, status)
