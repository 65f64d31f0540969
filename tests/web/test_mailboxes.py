"""The page of a mailbox: what is refused stands beside its field."""

import pytest
from django.test import Client

from konveyer.domain.delivery.models import OutboxMessage
from konveyer.domain.delivery.operations.mailboxes import MailboxFacts, add_mailbox
from tests.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.shows("I4.mailboxes")]


def test_a_wrong_address_of_a_test_letter_is_told_beside_the_field(world: World, client: Client) -> None:
    box = add_mailbox(
        actor=world.actor("Igor"), at=NOON, facts=MailboxFacts("anna@yandex.ru", "Anna", password="secret")
    )
    user = world.people["Igor"].user
    assert user is not None
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for wrong in ("no address", "a@b", ""):
        answer = client.post(f"/setup/mailboxes/{box.pk}/test/", {"to": wrong})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert f'value="{wrong}"' in page or not wrong
        assert "anna@yandex.ru" in page  # the mailbox's own page, its settings as they are kept
        assert "aria-invalid" in page
    assert not OutboxMessage.objects.exists()
    assert client.post(f"/setup/mailboxes/{box.pk}/test/", {"to": "igor@north.example"}).status_code == 302
    assert OutboxMessage.objects.count() == 1
