"""Webhooks: which addresses are told what, and how it goes."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from konveyer.domain.hooks import queries
from konveyer.domain.hooks.operations import settings as operations
from konveyer.domain.hooks.operations import telling
from konveyer.domain.hooks.rules.events import EVENTS
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.setup.answer import attempt, done, page
from konveyer.web.setup.forms import Choices, WebhookForm
from konveyer.web.work import WorkRequest, work

HERE = "setup-webhooks"


def _choices() -> Choices:
    return [(code, words) for code, words in EVENTS.items() if code != "test"]


@work(Right.WEBHOOKS_MANAGE)
def webhooks(request: WorkRequest) -> HttpResponse:
    """The list."""
    return page(request, "webhooks", HERE, {"hooks": queries.webhooks(request.actor)})


@never_cache
@work(Right.WEBHOOKS_MANAGE)
def new(request: WorkRequest) -> HttpResponse:
    """GET asks where to; POST makes the webhook and shows its secret, this once."""
    form = WebhookForm(request.POST or None, events=_choices())
    status = 200
    if request.method == "POST":
        tried = attempt(
            form, lambda **values: operations.add_webhook(actor=request.actor, at=clock.now(), **values)
        )
        if tried.done:
            return page(request, "secret", HERE, {"made": tried.result})
        status = tried.status
    return page(request, "form", HERE, {"form": form, "title": _("New webhook")}, status)


@work(Right.WEBHOOKS_MANAGE)
def webhook(request: WorkRequest, webhook_id: UUID) -> HttpResponse:
    """One webhook: its settings and its log."""
    row = queries.webhook(request.actor, webhook_id)
    initial = {"name": row.name, "url": row.url, "events": row.events, "active": row.active}
    form = WebhookForm(request.POST or None, initial=initial, events=_choices(), with_active=True)
    status = 200
    if request.method == "POST":
        tried = attempt(
            form,
            lambda **values: operations.change_webhook(
                actor=request.actor, at=clock.now(), webhook_id=webhook_id, **values
            ),
        )
        if tried.done:
            return done(request, gettext_lazy("Saved."), "setup-webhook", webhook_id)
        status = tried.status
    log = queries.log(
        request.actor, webhook_id, after=request.GET.get("after"), before=request.GET.get("before")
    )
    context = {"hook": row, "form": form, "log": log, "names": EVENTS}
    return page(request, "webhook", HERE, context, status)


@never_cache
@require_POST
@work(Right.WEBHOOKS_MANAGE)
def secret(request: WorkRequest, webhook_id: UUID) -> HttpResponse:
    """Another secret, shown this once."""
    made = operations.new_secret(actor=request.actor, at=clock.now(), webhook_id=webhook_id)
    return page(request, "secret", HERE, {"made": made})


@require_POST
@work(Right.WEBHOOKS_MANAGE)
def test(request: WorkRequest, webhook_id: UUID) -> HttpResponse:
    """Send a test."""
    telling.try_out(actor=request.actor, at=clock.now(), webhook_id=webhook_id)
    return done(
        request, gettext_lazy("A test is on its way: look into the log."), "setup-webhook", webhook_id
    )


@require_POST
@work(Right.WEBHOOKS_MANAGE)
def resend(request: WorkRequest, webhook_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Deliver once more."""
    telling.resend(actor=request.actor, at=clock.now(), delivery_id=delivery_id, webhook_id=webhook_id)
    return done(request, gettext_lazy("It is delivered again."), "setup-webhook", webhook_id)


@require_POST
@work(Right.WEBHOOKS_MANAGE)
def remove(request: WorkRequest, webhook_id: UUID) -> HttpResponse:
    """Forget the address and its log."""
    operations.remove_webhook(actor=request.actor, at=clock.now(), webhook_id=webhook_id)
    return done(request, gettext_lazy("The webhook is removed."), HERE)
