"""What the settings' screens share: their sections, and forms whose refusals stand beside the fields."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound, Refused
from konveyer.web.work import WorkRequest


@dataclass(frozen=True)
class Section:
    """One part of the settings: its words, its address, and who may open it."""

    words: str | Promise
    url: str
    right: Right


SECTIONS = (
    Section(_("Workspace"), "setup-workspace", Right.SETTINGS_MANAGE),
    Section(_("Members"), "setup-members", Right.MEMBERS_MANAGE),
    Section(_("Teams"), "setup-teams", Right.MEMBERS_MANAGE),
    Section(_("Roles and rights"), "setup-roles", Right.MEMBERS_MANAGE),
    Section(_("Frames"), "setup-frames", Right.MEMBERS_MANAGE),
    Section(_("Conveyors"), "setup-conveyors", Right.CONVEYOR_EDIT),
    Section(_("Tags"), "setup-tags", Right.CONVEYOR_EDIT),
    Section(_("Fields"), "setup-fields", Right.CONVEYOR_EDIT),
    Section(_("Consent texts"), "setup-consent-texts", Right.SETTINGS_MANAGE),
    Section(_("Mailboxes"), "setup-mailboxes", Right.MAILBOXES_MANAGE),
    Section(_("Tokens"), "setup-tokens", Right.MEMBERS_MANAGE),
    Section(_("Webhooks"), "setup-webhooks", Right.WEBHOOKS_MANAGE),
    Section(_("Taking out"), "setup-out", Right.BASE_EXPORT),
    Section(_("Moving settings"), "setup-move", Right.SETTINGS_MANAGE),
)


def sections(actor: Actor) -> list[Section]:
    """The parts that this member may open."""
    return [section for section in SECTIONS if actor.may(section.right)]


def page(
    request: WorkRequest, template: str, section: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A screen of the settings with the way to the others."""
    shown = sections(request.actor)
    here = next((found for found in shown if found.url == section), None)
    context = {"sections": shown, "section": here, **context}
    named = template if "/" in template else f"setup/{template}"
    return render(request, f"{named}.html", context, status=status)


@dataclass
class Tried:
    """How the submitting of a form ended."""

    done: bool
    status: int = 200
    result: Any = None


def attempt(form: forms.Form, act: Callable[..., Any]) -> Tried:
    """Call `act` with the form's values. What is refused is said in the form, nothing typed is lost."""
    if not form.is_valid():
        return Tried(False, 422)
    try:
        return Tried(True, result=act(**form.cleaned_data))
    except NotFound:
        raise
    except Refused as refused:
        known = [name for name in refused.fields if name in form.fields]
        form.add_error(known[0] if known else None, str(refused))
        return Tried(False, refused.status)


def done(request: WorkRequest, words: str | Promise, url: str, *args: Any) -> HttpResponse:
    """It went: say so on the next screen."""
    messages.success(request, str(words))
    return redirect(url, *args)
