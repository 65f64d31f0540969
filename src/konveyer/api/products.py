"""Products on the ladder."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

from ninja import Router, Schema, Status

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Currency, Given, Money, Name, Revision, Text
from konveyer.domain.catalog import queries
from konveyer.domain.catalog.models import Product
from konveyer.domain.catalog.operations import ProductFacts, add_product, change_product
from konveyer.kit import clock

router = Router(tags=["products"])
Level = Literal["info", "front_end", "core", "vip"]
Kind = Literal["goods", "service", "meeting", "course", "subscription"]


class ProductOut(Schema):
    """Something sold or given. `price` null: not fixed."""

    id: UUID
    version: int
    code: str
    name: str
    level: str
    kind: str
    price: Decimal | None
    currency: str
    direct_cost: Decimal
    difference: str
    active: bool


class ProductIn(Given):
    """What is known of a product; left out = as shown here."""

    name: Name
    level: Level = "core"
    kind: Kind = "service"
    price: Money | None = None
    currency: Currency
    direct_cost: Money = Decimal(0)
    difference: Text = ""
    active: bool = True


class ProductPut(ProductIn):
    """Everything that is known of it."""

    version: Revision


@router.get("/products", response=list[ProductOut], summary="Products")
def list_products(request: ApiRequest, active: bool | None = None) -> list[Product]:
    """From the foot of the ladder upwards, by price."""
    return queries.products(request.actor.workspace_id, active=active)


@router.get("/products/{uuid:product_id}", response=ProductOut, summary="One product")
def get_product(request: ApiRequest, product_id: UUID) -> Product:
    """With its version, which a change takes."""
    return queries.product(request.actor.workspace_id, product_id)


@router.post("/products", response={201: ProductOut}, summary="Add a product")
def post_product(request: ApiRequest, body: ProductIn) -> Status[Product]:
    """Its code is made from the name."""
    return Status(201, add_product(actor=request.actor, at=clock.now(), facts=ProductFacts(**body.dict())))


@router.put("/products/{uuid:product_id}", response=ProductOut, summary="Change a product")
def put_product(request: ApiRequest, product_id: UUID, body: ProductPut) -> Product:
    """All that is known of it is set."""
    facts = ProductFacts(**body.dict(exclude={"version"}))
    return change_product(
        actor=request.actor, at=clock.now(), product_id=product_id, facts=facts, version=body.version
    )
