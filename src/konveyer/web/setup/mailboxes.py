"""Mailboxes: the addresses that letters go out from, and whether everything about them is in order."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from konveyer.domain.delivery.models import Mailbox
from konveyer.domain.delivery.operations import mailboxes as operations
from konveyer.domain.delivery.operations import proving, queueing
from konveyer.domain.delivery.operations.mailboxes import MailboxFacts
from konveyer.domain.delivery.operations.trials import ask_for_trial
from konveyer.domain.delivery.queries import mailboxes as queries
from konveyer.domain.delivery.queries import outbox
from konveyer.domain.delivery.rules import answers, limits
from konveyer.domain.delivery.rules.providers import PROVIDER_NAMES, PROVIDERS
from konveyer.domain.delivery.rules.steps import READING, SENDING
from konveyer.domain.staff.queries.roster import people
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import Invalid
from konveyer.web.setup.answer import attempt, done, page
from konveyer.web.setup.forms import MailboxForm, TestLetterForm, of_people
from konveyer.web.work import WorkRequest, work

HERE = "setup-mailboxes"
DECISIONS = {
    "went": queueing.say_it_went,
    "again": queueing.send_once_more,
    "back": queueing.withdraw_letter,
}
BINDING = {
    limits.DAY: gettext_lazy("the day’s letters are sent, the next one"),
    limits.HOUR: gettext_lazy("the hour’s letters are sent, the next one"),
    limits.GAP: gettext_lazy("a gap is kept between two, the next one"),
    limits.STOPPED: gettext_lazy("stopped, the next one"),
}
STOPPED = {
    answers.QUOTA: gettext_lazy("The provider takes no more letters from this mailbox today."),
    answers.TROUBLE: gettext_lazy("The server is not to be had just now; it is tried again soon."),
    answers.REPUTATION: gettext_lazy(
        "A server called letters from here spam or listed them. Find out why before more go out."
    ),
    answers.SIGN_IN: gettext_lazy("The server did not let the mailbox in. Check the password."),
}


@work(Right.MAILBOXES_MANAGE)
def mailboxes(request: WorkRequest) -> HttpResponse:
    """The list, each with its state."""
    rows = [
        {"row": row, "state": queries.state(row), "provider": PROVIDER_NAMES[row.provider]}
        for row in queries.mailboxes(request.actor)
    ]
    return page(request, "mailboxes", HERE, {"mailboxes": rows})


@work(Right.MAILBOXES_MANAGE)
def new(request: WorkRequest) -> HttpResponse:
    """GET asks for address and password; POST keeps the mailbox and has it tried out."""
    form = MailboxForm(request.POST or None, people=of_people(people(request.actor.workspace_id)))
    status = 200
    if request.method == "POST":
        tried = attempt(
            form,
            lambda **values: operations.add_mailbox(
                actor=request.actor, at=clock.now(), facts=_facts(values)
            ),
        )
        if tried.done:
            return done(request, gettext_lazy("The mailbox is kept."), "setup-mailbox", tried.result.pk)
        status = tried.status
    context = {"form": form, "title": _("New mailbox"), "hints": _hints()}
    return page(request, "mailbox_new", HERE, context, status)


@work(Right.MAILBOXES_MANAGE)
def mailbox(request: WorkRequest, mailbox_id: UUID) -> HttpResponse:
    """One mailbox: what the last trial found, its letters and its settings."""
    row = queries.mailbox(request.actor, mailbox_id)
    form = _settings(request, row, request.POST or None)
    status = 200
    if request.method == "POST":
        tried = attempt(
            form,
            lambda **values: operations.change_mailbox(
                actor=request.actor, at=clock.now(), mailbox_id=mailbox_id, facts=_facts(values)
            ),
        )
        if tried.done:
            return done(request, gettext_lazy("Saved."), "setup-mailbox", mailbox_id)
        status = tried.status
    return _shown(request, row, form, _test_form(request, bound=False), status)


def _settings(request: WorkRequest, row: Mailbox, given: Any = None) -> MailboxForm:
    chosen = of_people(people(request.actor.workspace_id))
    return MailboxForm(
        given, initial=_initial(row), people=chosen, kept=bool(row.sealed_password), with_active=True
    )


def _test_form(request: WorkRequest, *, bound: bool = True) -> TestLetterForm:
    return TestLetterForm(request.POST if bound else None, initial={"to": getattr(request.user, "email", "")})


def _shown(
    request: WorkRequest, row: Mailbox, form: MailboxForm, test: TestLetterForm, status: int
) -> HttpResponse:
    ways = [
        (_("Sending"), f"{row.smtp_host}:{row.smtp_port}", queries.steps(row, SENDING)),
        (_("Reading"), f"{row.imap_host}:{row.imap_port}", queries.steps(row, READING)),
    ]
    log = outbox.letters(request.actor, row, after=request.GET.get("after"), before=request.GET.get("before"))
    coming = outbox.next_of(row, clock.now())
    context = {
        "box": row, "form": form, "test": test, "ways": ways, "records": queries.records(row), "state": queries.state(row), "log": log,
        "next": coming, "sends": row.active and row.sealed_password and (not row.stopped or row.stopped_until),
        "limit": BINDING.get(coming.limit, ""), "stopped": STOPPED.get(row.stopped, ""), "provider": PROVIDER_NAMES[row.provider],
        "hint": PROVIDERS[row.provider].hint if row.provider in PROVIDERS else "",
    }  # fmt: skip
    return page(request, "mailbox", HERE, context, status)


@require_POST
@work(Right.MAILBOXES_MANAGE)
def try_out(request: WorkRequest, mailbox_id: UUID) -> HttpResponse:
    """Have it tried out once more."""
    ask_for_trial(actor=request.actor, at=clock.now(), mailbox_id=mailbox_id)
    return done(request, gettext_lazy("The mailbox is being tried out."), "setup-mailbox", mailbox_id)


@require_POST
@work(Right.MAILBOXES_MANAGE)
def test(request: WorkRequest, mailbox_id: UUID) -> HttpResponse:
    """A letter that shows how letters from here arrive."""
    row, form = queries.mailbox(request.actor, mailbox_id), _test_form(request)
    tried = attempt(
        form,
        lambda to: proving.send_test(actor=request.actor, at=clock.now(), mailbox_id=mailbox_id, to=to),
    )
    if not tried.done:
        return _shown(request, row, _settings(request, row), form, tried.status)
    return done(request, gettext_lazy("The test letter is on its way."), "setup-mailbox", mailbox_id)


@require_POST
@work(Right.MAILBOXES_MANAGE)
def go_on(request: WorkRequest, mailbox_id: UUID) -> HttpResponse:
    """A person has looked at why it was stopped."""
    proving.let_send(actor=request.actor, at=clock.now(), mailbox_id=mailbox_id)
    return done(request, gettext_lazy("The mailbox sends again."), "setup-mailbox", mailbox_id)


@require_POST
@work(Right.MAILBOXES_MANAGE)
def letter(request: WorkRequest, mailbox_id: UUID, message_id: UUID) -> HttpResponse:
    """A person decides on a letter: it arrived, it goes again, it is taken back."""
    outbox.letter(request.actor, message_id, mailbox_id)
    decide = DECISIONS.get(request.POST.get("say", ""))
    if decide is None:
        raise Invalid("say", _("Say what becomes of the letter."))
    decide(actor=request.actor, at=clock.now(), message_id=message_id)
    return done(request, gettext_lazy("Written down."), "setup-mailbox", mailbox_id)


@require_POST
@work(Right.MAILBOXES_MANAGE)
def remove(request: WorkRequest, mailbox_id: UUID) -> HttpResponse:
    """Forget the mailbox and its password."""
    operations.remove_mailbox(actor=request.actor, at=clock.now(), mailbox_id=mailbox_id)
    return done(request, gettext_lazy("The mailbox is removed."), HERE)


def _facts(values: dict[str, Any]) -> MailboxFacts:
    return MailboxFacts(**values)


def _initial(row: Mailbox) -> dict[str, Any]:
    names = [name for name in operations.TOLD if name != "member_id"]
    member = str(row.member_id) if row.member_id else ""
    return {name: getattr(row, name) for name in names} | {"member_id": member}


def _hints() -> list[tuple[str, Any]]:
    return [(one.name, one.hint) for one in PROVIDERS.values()]
