"""Products: what is known of them, and the gaps in the ladder."""

from dataclasses import replace
from decimal import Decimal

import pytest

from konveyer.domain.catalog.models import Product
from konveyer.domain.catalog.operations import ProductFacts, add_product, change_product
from konveyer.domain.catalog.queries import gaps, product, products
from konveyer.domain.journal.models import Entry
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Stale
from tests.world import NOON, World

pytestmark = pytest.mark.django_db
COURSE = ProductFacts("Курс продаж", "front_end", "course", Decimal("1500.00"), "RUB", Decimal("200.00"))


@pytest.mark.shows("I2.deals", "R15")
def test_products_stand_from_the_foot_of_the_ladder_upwards(world: World) -> None:
    igor = world.actor("Igor")
    Product.objects.all().delete()
    for facts in (
        ProductFacts("VIP", "vip", "service", Decimal(180_000)),
        ProductFacts("Дорогой", "core", "service", Decimal(90_000)),
        ProductFacts("Обычный", "core", "service", Decimal(60_000)),
        COURSE,
        ProductFacts("Книга", "info", "goods"),
    ):
        add_product(actor=igor, at=NOON, facts=facts)
    found = products(world.workspace.pk)
    assert [row.name for row in found] == ["Книга", "Курс продаж", "Обычный", "Дорогой", "VIP"]
    assert gaps(found) == []
    change_product(actor=igor, at=NOON, product_id=found[1].pk, facts=replace(COURSE, active=False))
    assert gaps(products(world.workspace.pk)) == ["front_end"]
    assert [row.name for row in products(world.workspace.pk, active=False)] == ["Курс продаж"]


@pytest.mark.shows("I2.deals", "I2.stale")
def test_a_stale_change_overwrites_nothing(world: World) -> None:
    anna = world.actor("Anna")
    row = add_product(actor=anna, at=NOON, facts=COURSE)
    change_product(
        actor=anna, at=NOON, product_id=row.pk, facts=replace(COURSE, price=Decimal(1600)), version=1
    )
    with pytest.raises(Stale) as stale:
        change_product(
            actor=anna, at=NOON, product_id=row.pk, facts=replace(COURSE, price=Decimal(1700)), version=1
        )
    assert stale.value.details["version"] == 2
    assert stale.value.details["now"] == {"price": "1600.00"}
    same = change_product(
        actor=anna, at=NOON, product_id=row.pk, facts=replace(COURSE, price=Decimal(1600)), version=1
    )
    assert same.version == 2, "what says the same is no change"
    entry = Entry.objects.filter(subject="product", subject_id=row.pk).latest("id")
    assert (entry.before, entry.after) == ({"price": "1500.00"}, {"price": "1600"})


@pytest.mark.shows("I2.deals")
def test_codes_are_made_and_kept_apart(world: World) -> None:
    igor = world.actor("Igor")
    codes = [add_product(actor=igor, at=NOON, facts=COURSE).code for _turn in range(3)]
    assert codes == ["kurs-prodazh", "kurs-prodazh-2", "kurs-prodazh-3"]
    with pytest.raises(Invalid):
        add_product(actor=igor, at=NOON, facts=COURSE, code="kurs-prodazh")


@pytest.mark.shows("I2.deals", "I2.bad-input")
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "}, {"name": "x" * 201}, {"level": "top"}, {"kind": "air"}, {"price": Decimal(-1)},
        {"price": Decimal("0.001")}, {"price": Decimal(10) ** 12}, {"direct_cost": Decimal(-1)}, {"currency": "RUR1"},
    ],
)  # fmt: skip
def test_facts_that_cannot_be_are_refused(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        add_product(actor=world.actor("Igor"), at=NOON, facts=replace(COURSE, **wrong))  # type: ignore[arg-type]


@pytest.mark.shows("I2.deals")
def test_only_who_may_changes_the_catalogue(world: World) -> None:
    row = add_product(actor=world.actor("Igor"), at=NOON, facts=COURSE)
    with pytest.raises(Forbidden):
        add_product(actor=world.actor("Marina"), at=NOON, facts=COURSE)
    with pytest.raises(Forbidden):
        change_product(actor=world.actor("Marina"), at=NOON, product_id=row.pk, facts=COURSE)
    with pytest.raises(NotFound):
        product(world.workspace.pk, world.owner.pk)
