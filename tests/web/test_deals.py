"""Deals over HTTP: the list with its sums, the dialogs of deal and money."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from konveyer.domain.deals.models import Deal, Payment
from konveyer.domain.deals.operations import change_deal, create_deal, record_payment
from konveyer.domain.deals.queries import DealFilter, deals, totals
from konveyer.domain.leads.models import Lead
from konveyer.kit.clock import now
from tests.web.cast import AT, opened, signed_in
from tests.world import World

ZONE = "Europe/Moscow"


def dealt(world: World, name: str, owner: str = "Marina", **more: Any) -> Deal:
    lead = opened(world, name, owner_id=world.people[owner].pk)
    return create_deal(actor=world.actor("Igor"), at=more.pop("at", AT), lead_id=lead.pk, **more)


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(name, args=args), data)


@pytest.mark.shows("I2.deals", "S31")
def test_currencies_are_never_added_up(world: World) -> None:
    dealt(world, "Roubles one", amount=Decimal("420000.50"))
    dealt(world, "Roubles two", amount=Decimal("1000"))
    dealt(world, "Dollars", amount=Decimal("300"), currency="USD")
    dealt(world, "Unknown")
    found = totals(world.actor("Igor"), DealFilter(), ZONE)
    assert found.amounts == [("open", "RUB", Decimal("421000.50")), ("open", "USD", Decimal("300"))]
    assert (found.count, found.exact, found.unknown) == (4, True, 1)
    page = signed_in(world, "Igor").get(reverse("deals")).content.decode()
    for words in ("4 deals", "$300", "1 without an amount", "Roubles one"):
        assert words in page


@pytest.mark.shows("I2.deals")
def test_the_list_is_narrowed_and_read_on(world: World) -> None:
    for number in range(7):
        dealt(world, f"Firm {number}", "Marina" if number % 2 else "Timur", at=AT - timedelta(days=number))
    marina, igor = world.actor("Marina"), world.actor("Igor")
    page, rows = deals(igor, DealFilter(), ZONE, size=3)
    rest, more = deals(igor, DealFilter(), ZONE, after=page.after, size=3)
    names = [row.deal.lead.company.name for row in rows + more]  # type: ignore[union-attr]
    assert names == [f"Firm {number}" for number in range(6)]
    assert rest.before is not None
    assert {row.deal.lead.owner.name for row in deals(marina, DealFilter(), ZONE)[1]} == {"Marina"}  # type: ignore[union-attr]
    timur = DealFilter(owner=world.people["Timur"].pk)
    assert totals(igor, timur, ZONE).count == 4
    day = (AT - timedelta(days=3)).date()
    assert totals(igor, DealFilter(first=day, last=day), ZONE).count in (0, 1, 2)
    assert totals(igor, DealFilter(status="won"), ZONE).count == 0
    assert "No such deals" in signed_in(world, "Igor").get(reverse("deals") + "?status=won").content.decode()
    assert signed_in(world, "Igor").get(reverse("deals") + "?after=rubbish").status_code == 422
    assert signed_in(world, "Igor").get(reverse("deals") + "?from=never&owner=me").status_code == 200


@pytest.mark.shows("I2.deals")
def test_a_deal_is_made_from_the_lead_and_becomes_what_is_expected(world: World) -> None:
    lead = opened(world, owner_id=world.people["Marina"].pk, expected_amount=Decimal("100"))
    marina = signed_in(world, "Marina")
    assert 'value="100.00"' in marina.get(reverse("deal-new", args=[lead.pk])).content.decode()
    assert post(marina, "deal-new", lead.pk, amount="a lot").status_code == 422
    assert post(marina, "deal-new", lead.pk, amount="420 000", currency="XXQ").status_code == 422
    assert post(marina, "deal-new", lead.pk, amount="420 000", currency="rub").status_code == 204
    lead.refresh_from_db()
    assert lead.expected_amount == Decimal("420000")
    assert post(marina, "deal-new", lead.pk, amount="1").status_code == 409  # one deal per lead
    alina = signed_in(world, "Alina")  # a telemarketer edits no deals, and does not see this lead
    assert post(alina, "deal-new", lead.pk, amount="1").status_code == 403


@pytest.mark.shows("I2.stale")
def test_a_stale_deal_form_shows_both_states(world: World) -> None:
    deal = dealt(world, "Kama", amount=Decimal("420000"))
    seen = deal.version
    change_deal(actor=world.actor("Igor"), at=AT, deal_id=deal.pk, version=seen, amount=Decimal("380000"))
    marina = signed_in(world, "Marina")
    told = post(marina, "deal-change", deal.pk, version=seen, amount="400000", currency="RUB")
    assert told.status_code == 409
    assert "stored now: 380000.00" in told.content.decode()
    assert 'value="400000"' in told.content.decode()
    deal.refresh_from_db()
    assert deal.amount == Decimal("380000")
    mine = {"version": deal.version, "amount": "400000", "currency": "RUB", "competitor": "Delo"}
    assert post(marina, "deal-change", deal.pk, **mine).status_code == 204
    deal.refresh_from_db()
    assert (deal.amount, deal.competitor) == (Decimal("400000"), "Delo")


@pytest.mark.shows("I2.money", "S31")
def test_money_is_written_down_by_who_may_and_never_more_goes_back(world: World) -> None:
    deal = dealt(world, "Kama", amount=Decimal("420000"))
    vera, marina, today = signed_in(world, "Vera"), signed_in(world, "Marina"), now().date().isoformat()
    assert post(marina, "deal-pay", deal.pk, amount="1", received_on=today).status_code == 403
    assert 'value="420000.00"' in vera.get(reverse("deal-pay", args=[deal.pk])).content.decode()
    for wrong in (
        {"amount": "0"},
        {"amount": ""},
        {"amount": "-1"},
        {"amount": "0.001"},
        {"received_on": "2099-01-01"},
        {"received_on": ""},
    ):
        answer = post(vera, "deal-pay", deal.pk, **({"amount": "5", "received_on": today} | wrong))
        assert answer.status_code == 422, wrong
    assert Payment.objects.count() == 0
    assert (
        post(vera, "deal-pay", deal.pk, amount="210 000,50", received_on=today, note="17").status_code == 204
    )
    assert Lead.objects.get(pk=deal.lead_id).temperature == "client"
    assert post(vera, "deal-refund", deal.pk, amount="10", received_on=today).status_code == 422  # no reason
    too_much = post(
        vera, "deal-refund", deal.pk, amount="300000", received_on=today, note="changed their mind"
    )
    assert too_much.status_code == 422
    assert "More cannot go back than was received." in too_much.content.decode()
    assert (
        post(vera, "deal-refund", deal.pk, amount="10000.50", received_on=today, note="discount").status_code
        == 204
    )
    shown = vera.get(reverse("deal", args=[deal.pk])).content.decode()
    for words in ("₽", "200,000", "−", "discount"):
        assert words in shown
    assert totals(world.actor("Vera"), DealFilter(), ZONE).amounts == [("open", "RUB", Decimal("420000"))]


@pytest.mark.shows("I2.deals", "F25")
def test_a_deal_out_of_view_is_not_there(world: World) -> None:
    deal = dealt(world, "Kama", "Marina", amount=Decimal("1"))
    timur = signed_in(world, "Timur")
    for name in ("deal", "deal-change"):
        assert timur.get(reverse(name, args=[deal.pk])).status_code == 404
    assert "Kama" not in timur.get(reverse("deals")).content.decode()


@pytest.mark.shows("I2.deals")
def test_the_list_asks_a_constant_number_of_questions(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    igor = signed_in(world, "Igor")

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert igor.get(reverse("deals")).status_code == 200
        return len(seen)

    first = dealt(world, "First", amount=Decimal("5"))
    record_payment(
        actor=world.actor("Vera"), at=now(), deal_id=first.pk, amount=Decimal("1"), received_on=now().date()
    )
    one = count()
    for number in range(9):
        dealt(world, f"More {number}", amount=Decimal("5"))
    assert count() == one <= 16
