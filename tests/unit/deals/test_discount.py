"""The frame of discounts: by hand-counted cases, and in the operations that set a deal's price (R28)."""

from decimal import Decimal

import pytest
from django.utils import translation

from konveyer.domain.catalog.models import Product
from konveyer.domain.deals.models import Deal
from konveyer.domain.deals.operations import change_deal, create_deal
from konveyer.domain.deals.rules.discount import Offered, allowed, discount, shown
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import change_lead
from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.staff.rules.outside import OutsideFrame
from konveyer.domain.workspace.models import Role
from tests.unit.leads.test_thread import opened, to
from tests.world import NOON, World

PRICE = Decimal(420_000)


def offer(amount: int | str | None, price: Decimal | None = PRICE, money: str = "RUB") -> Offered:
    return Offered(price, "RUB", None if amount is None else Decimal(amount), money)


@pytest.mark.shows("R28")
@pytest.mark.parametrize(
    ("amount", "per_cent"),
    [(420_000, "0"), (378_000, "10"), (0, "100"), (500_000, "0"), (None, "0"), ("415800", "1")],
)
def test_a_discount_is_counted_from_the_price(amount: int | str | None, per_cent: str) -> None:
    assert discount(offer(amount)) == Decimal(per_cent)


@pytest.mark.shows("R28")
def test_what_a_frame_allows() -> None:
    ten = Decimal(10)
    assert allowed(ten, offer(378_000), None)
    assert not allowed(ten, offer("377999.99"), None)
    assert allowed(Decimal(0), offer(420_000), None)
    assert not allowed(Decimal(0), offer("419999.99"), None)
    assert allowed(Decimal(0), offer(1, price=None), None)  # no price, no discount
    assert allowed(ten, offer(300_000), stands=offer(250_000))  # somebody gave more: going back up is free
    assert not allowed(ten, offer(240_000), stands=offer(250_000))
    assert not allowed(ten, offer(300_000), stands=offer(250_000, price=Decimal(300_000)))  # another product
    assert not allowed(ten, offer(420_000, money="USD"), None)
    assert allowed(ten, offer(5_000, money="USD"), stands=offer(5_000, money="USD"))
    assert shown(Decimal("10.01")) == Decimal("10.1")


def priced(world: World) -> Product:
    return Product.objects.create(
        workspace=world.workspace, code="core", name="90 days", level="core", price=PRICE, currency="RUB"
    )


def framed(world: World, **values: str) -> None:
    """Frames of the role of closers."""
    role = Role.objects.get(workspace=world.workspace, code="closer")
    for kind, value in values.items():
        set_frame(actor=world.actor("Anna"), at=NOON, kind=kind, value=value, role_id=role.pk)


def marinas(world: World) -> Lead:
    return opened(world, by="Anna", owner_id=world.people["Marina"].pk)


@pytest.mark.shows("R28")
def test_outside_the_frame_is_refused_with_the_reason_and_who_may_allow_it(world: World) -> None:
    product, lead = priced(world), marinas(world)
    framed(world, discount_percent="10")
    terms = {"product_id": product.pk, "currency": "RUB"}
    with translation.override("en"), pytest.raises(OutsideFrame) as refused:
        create_deal(actor=world.actor("Marina"), at=NOON, lead_id=lead.pk, amount=Decimal(350_000), **terms)
    assert Deal.objects.count() == 0
    assert refused.value.fields == {"amount": "frame"}
    assert refused.value.details == {
        "frame": "discount_percent", "limit": "10.00", "found": "16.7", "who_allows": ["Anna", "Igor"],
    }  # fmt: skip
    for words in ("16.7\u00a0%", "10\u00a0%", "Anna, Igor"):
        assert words in str(refused.value)
    deal = create_deal(
        actor=world.actor("Marina"), at=NOON, lead_id=lead.pk, amount=Decimal(378_000), **terms
    )
    with pytest.raises(OutsideFrame):
        change_deal(actor=world.actor("Marina"), at=NOON, deal_id=deal.pk, version=1, amount=Decimal(350_000))
    assert Deal.objects.get().amount == 378_000


@pytest.mark.shows("R28")
def test_somebody_whose_frame_allows_it_does_it_and_others_go_on_with_the_deal(world: World) -> None:
    product, lead = priced(world), marinas(world)
    framed(world, discount_percent="10")
    deal = create_deal(
        actor=world.actor("Anna"), at=NOON, lead_id=lead.pk, product_id=product.pk, amount=Decimal(300_000)
    )
    marina = world.actor("Marina")
    deal = change_deal(
        actor=marina, at=NOON, deal_id=deal.pk, version=1, competitor="Alpha", amount=Decimal(300_000)
    )
    deal = change_deal(actor=marina, at=NOON, deal_id=deal.pk, version=2, amount=Decimal(310_000))
    with pytest.raises(OutsideFrame):
        change_deal(actor=marina, at=NOON, deal_id=deal.pk, version=3, amount=Decimal(305_000))
    with pytest.raises(OutsideFrame):
        change_deal(actor=marina, at=NOON, deal_id=deal.pk, version=3, currency="USD")


@pytest.mark.shows("R28")
def test_several_roles_the_most_generous_holds_and_ones_own_frame_wins(world: World) -> None:
    product, lead = priced(world), marinas(world)
    framed(world, discount_percent="10")
    owner = Role.objects.get(workspace=world.workspace, code="account_manager")
    set_frame(actor=world.actor("Anna"), at=NOON, kind="discount_percent", value="30", role_id=owner.pk)
    world.people["Marina"].roles.add(owner, through_defaults={"workspace": world.workspace})
    deal = create_deal(
        actor=world.actor("Marina"), at=NOON, lead_id=lead.pk, product_id=product.pk, amount=Decimal(294_000)
    )
    set_frame(
        actor=world.actor("Anna"),
        at=NOON,
        kind="discount_percent",
        value="5",
        member_id=world.people["Marina"].pk,
    )
    with pytest.raises(OutsideFrame):
        change_deal(actor=world.actor("Marina"), at=NOON, deal_id=deal.pk, version=1, amount=Decimal(293_000))


@pytest.mark.shows("R28")
def test_winning_makes_no_deal_outside_the_frame(world: World) -> None:
    product, lead = priced(world), marinas(world)
    framed(world, discount_percent="10")
    change_lead(
        actor=world.actor("Anna"), at=NOON, lead_id=lead.pk, version=lead.version, product_id=product.pk,
        expected_amount=Decimal(200_000),
    )  # fmt: skip
    gates = {"questionnaire": "yes", "minutes_watched": "36", "pain": "few", "decision_maker": "himself",
             "decision_time": "This year", "code_word": "pendulum", "meeting_held": "yes", "need": "more",
             "order_confirmed": "yes", "document_signed": "yes", "invoice_paid": "yes"}  # fmt: skip
    with pytest.raises(OutsideFrame):
        to(world, lead, "project", "Marina", facts=gates)
    lead.refresh_from_db()
    assert lead.state == "open"
    assert to(world, lead, "project", "Anna", facts=gates).state == "won"
