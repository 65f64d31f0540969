"""Webhooks: told in the transaction of the event, signed, retried, logged; secrets sealed."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from konveyer.adapters.outbound import PinnedClient
from konveyer.domain.hooks import ports, queries
from konveyer.domain.hooks.models import Delivery, Webhook
from konveyer.domain.hooks.operations import settings as hooks
from konveyer.domain.hooks.operations.delivering import deliver_due, forget_old
from konveyer.domain.hooks.operations.telling import resend, tell, try_out
from konveyer.domain.hooks.rules.retrying import LEASE, WAITS
from konveyer.domain.staff.events import MemberJoined
from konveyer.kit import tenancy
from konveyer.kit.events import publish
from konveyer.kit.refusal import Forbidden, Invalid, NotFound
from tests.receiver import Receiver, receiving
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(tmp_path: Any) -> Iterator[Receiver]:
    """Somebody listens on this machine, and this once may be told."""
    was = ports._now.outbound
    with receiving() as found:
        ports._now.outbound = PinnedClient(private=True, frozen=tmp_path / "frozen")
        yield found
    ports._now.outbound = was


def hook(world: World, url: str, *events: str) -> hooks.Made:
    return hooks.add_webhook(
        actor=world.actor("Igor"), at=NOON, name="Sheet", url=url, events=events or ("lead.won",)
    )


def say(world: World, at: datetime = NOON) -> int:
    return tell(workspace_id=world.workspace.pk, at=at, event="lead.won", data={"lead_id": "1"})


@pytest.mark.shows("I2.webhooks")
def test_a_delivery_is_signed_and_logged(world: World, receiver: Receiver) -> None:
    made = hook(world, receiver.url)
    assert say(world) == 1
    assert deliver_due(workspace_id=world.workspace.pk, at=NOON) == 1
    came = receiver.came[0]
    body = json.loads(came.body)
    assert (body["event"], body["at"], body["data"]) == ("lead.won", NOON.isoformat(), {"lead_id": "1"})
    assert came.path == "/hook?x=1"
    assert came.headers["Konveyer-Delivery"] == body["id"]
    found = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", came.headers["Konveyer-Signature"])
    assert found
    expected = hmac.new(made.secret.encode(), f"{found[1]}.{came.body}".encode(), hashlib.sha256).hexdigest()
    assert found[2] == expected
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.answer_status, row.said, row.settled_at) == (
        "delivered",
        1,
        200,
        "ладно",
        NOON,
    )
    assert deliver_due(workspace_id=world.workspace.pk, at=NOON + timedelta(days=9)) == 0


@pytest.mark.shows("I2.webhooks")
def test_failures_are_tried_again_ever_later_and_then_given_up(world: World, receiver: Receiver) -> None:
    hook(world, receiver.url)
    receiver.answers = [500]
    say(world)
    at = NOON
    for attempt, wait in enumerate(WAITS, start=1):
        assert deliver_due(workspace_id=world.workspace.pk, at=at) == 1
        row = Delivery.objects.get()
        assert (row.state, row.attempts, row.next_at) == ("waiting", attempt, at + wait)
        assert deliver_due(workspace_id=world.workspace.pk, at=at + wait - timedelta(seconds=1)) == 0
        at += wait
    assert deliver_due(workspace_id=world.workspace.pk, at=at) == 1
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.next_at) == ("given_up", len(WAITS) + 1, None)
    receiver.answers = [200]
    resend(actor=world.actor("Igor"), at=at, delivery_id=row.pk)
    deliver_due(workspace_id=world.workspace.pk, at=at)
    assert Delivery.objects.get().state == "delivered"
    ids = {came.headers["Konveyer-Delivery"] for came in receiver.came}
    assert len(ids) == 1, "the receiver knows it is the same event"
    assert len(receiver.came) == len(WAITS) + 2


@pytest.mark.shows("I2.webhooks")
def test_a_dead_address_is_probed_not_hammered(world: World, tmp_path: Any) -> None:
    was = ports._now.outbound
    ports._now.outbound = PinnedClient(private=True, frozen=tmp_path / "frozen")
    try:
        with receiving() as receiver:
            url = receiver.url
        hook(world, url)
        for _event in range(30):
            say(world)
        tried = 0
        while found := deliver_due(workspace_id=world.workspace.pk, at=NOON):
            tried += found
        assert tried == 5, "one claim, then a minute of rest for all that waits"
        assert Delivery.objects.filter(state="waiting").count() == 30
        assert Delivery.objects.filter(said="the connection was refused").count() == 5
    finally:
        ports._now.outbound = was


@pytest.mark.shows("I2.webhooks")
def test_frozen_sending_waits_and_counts_no_attempt(world: World, tmp_path: Any) -> None:
    was = ports._now.outbound
    (tmp_path / "frozen").touch()
    ports._now.outbound = PinnedClient(private=True, frozen=tmp_path / "frozen")
    try:
        hook(world, "http://127.0.0.1:9999/")
        say(world)
        deliver_due(workspace_id=world.workspace.pk, at=NOON)
    finally:
        ports._now.outbound = was
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.said, row.next_at) == (
        "waiting",
        0,
        "sending is frozen",
        NOON + LEASE,
    )


@pytest.mark.shows("I2.webhooks")
def test_only_those_who_asked_are_told(world: World) -> None:
    hook(world, "https://x.example/", "deal.won", "lead.lost")
    assert say(world) == 0
    made = hook(world, "https://x.example/")
    hooks.change_webhook(
        actor=world.actor("Igor"), at=NOON, webhook_id=made.webhook.pk, name="Sheet", url="https://x.example/",
        events=["lead.won"], active=False,
    )  # fmt: skip
    assert say(world) == 0
    try_out(actor=world.actor("Igor"), at=NOON, webhook_id=made.webhook.pk)
    assert Delivery.objects.get().event == "test"
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'hooks.deliver'")
        assert cursor.fetchone() == (1,)


@pytest.mark.shows("I2.webhooks")
def test_domain_events_become_deliveries_without_personal_values(world: World) -> None:
    hook(world, "https://x.example/", "member.joined")
    publish(MemberJoined(world.actor("Alina"), world.people["Alina"].pk, NOON))
    row = Delivery.objects.get()
    alina = str(world.people["Alina"].pk)
    assert row.payload["data"] == {"member_id": alina, "by": alina}
    with tenancy.enter(world.twin.pk):
        assert not Delivery.objects.exists()


@pytest.mark.shows("I2.webhooks")
def test_secrets_are_sealed_and_shown_once(world: World) -> None:
    made = hook(world, "https://x.example/")
    stored = str(Webhook.objects.filter(pk=made.webhook.pk).values().get())
    assert made.secret not in stored
    again = hooks.new_secret(actor=world.actor("Igor"), at=NOON, webhook_id=made.webhook.pk)
    assert again.secret != made.secret
    assert ports.sealer().unseal(again.webhook.sealed_secret) == again.secret


@pytest.mark.shows("I2.webhooks")
def test_webhooks_are_for_who_manages_them(world: World) -> None:
    made = hook(world, "https://x.example/")
    for name in ("Anna", "Alina", "Vera"):
        actor = world.actor(name)
        with pytest.raises(Forbidden):
            queries.webhooks(actor)
        with pytest.raises(Forbidden):
            queries.log(actor, made.webhook.pk)
        with pytest.raises(Forbidden):
            hooks.remove_webhook(actor=actor, at=NOON, webhook_id=made.webhook.pk)
    for wrong in ({"url": "ftp://x"}, {"events": []}, {"events": ["lead.eaten"]}, {"name": " "}):
        facts: dict[str, Any] = {"name": "N", "url": "https://x.example/", "events": ["lead.won"]} | wrong
        with pytest.raises(Invalid):
            hooks.add_webhook(actor=world.actor("Igor"), at=NOON, **facts)
    say(world)
    hooks.remove_webhook(actor=world.actor("Igor"), at=NOON, webhook_id=made.webhook.pk)
    assert not Delivery.objects.exists()
    with pytest.raises(NotFound):
        queries.log(world.actor("Igor"), made.webhook.pk)


@pytest.mark.shows("I2.webhooks")
def test_the_log_counts_pages_and_forgets(world: World, receiver: Receiver) -> None:
    made = hook(world, receiver.url)
    for minute in range(7):
        say(world, NOON + timedelta(minutes=minute))
    while deliver_due(workspace_id=world.workspace.pk, at=NOON + timedelta(minutes=7)):
        pass
    listening = queries.webhooks(world.actor("Igor"))[0]
    assert (listening.delivered, listening.waiting, listening.given_up) == (7, 0, 0)
    page = queries.log(world.actor("Igor"), made.webhook.pk, size=5)
    rest = queries.log(world.actor("Igor"), made.webhook.pk, size=5, after=page.after)
    times = [row.created_at for row in [*page.rows, *rest.rows]]
    assert times == sorted(times, reverse=True)
    assert len(times) == 7
    assert rest.after is None
    assert forget_old(workspace_id=world.workspace.pk, before=NOON + timedelta(days=31)) == 7
