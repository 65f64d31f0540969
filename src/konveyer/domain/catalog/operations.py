"""Changing the catalogue."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from babel.numbers import list_currencies
from django.utils.translation import gettext as _

from konveyer.domain.catalog.models import KINDS, LEVELS, Product
from konveyer.domain.journal.operations import changes, record
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.domain.workspace.rules.slugs import slug
from konveyer.kit.refusal import Invalid, NotFound, Stale

MOST = Decimal(10) ** 12


@dataclass(frozen=True)
class ProductFacts:
    """What is known of a product. `price` None: not fixed; `difference`: why us, as the client's benefit (R35)."""

    name: str
    level: str = "core"
    kind: str = "service"
    price: Decimal | None = None
    currency: str = "RUB"
    direct_cost: Decimal = Decimal(0)
    difference: str = ""
    active: bool = True


def add_product(*, actor: Actor, at: datetime, facts: ProductFacts, code: str = "") -> Product:
    """A new product; the code is made from the name unless given. Raises Invalid, Forbidden without catalog.edit."""
    actor.require(Right.CATALOG_EDIT)
    _check(facts)
    row = Product.objects.create(
        workspace_id=actor.workspace_id,
        code=_free_code(actor.workspace_id, code, facts.name),
        created_at=at,
        **asdict(facts),
    )
    record(actor=actor, at=at, subject="product", subject_id=row.pk, action="created", after=asdict(facts))
    return row


def change_product(
    *, actor: Actor, at: datetime, product_id: UUID, facts: ProductFacts, version: int | None = None
) -> Product:
    """Set everything that is known of a product. Raises Stale when somebody else was quicker than `version`."""
    actor.require(Right.CATALOG_EDIT)
    _check(facts)
    row = (
        Product.objects.select_for_update(of=("self",))
        .filter(workspace_id=actor.workspace_id, pk=product_id)
        .first()
    )
    if row is None:
        raise NotFound("not_found", _("There is no such product."))
    was, became = changes(asdict(facts_of(row)), asdict(facts))
    if not became:
        return row
    if version is not None and version != row.version:
        raise Stale(
            "product_changed",
            _(
                "Somebody changed this product while you were looking at it. Nothing was overwritten: look again."
            ),
            details={"your_version": version, "version": row.version, "now": _plain(was)},
        )
    for name, value in became.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    record(
        actor=actor, at=at, subject="product", subject_id=row.pk, action="changed", before=was, after=became
    )
    return row


def facts_of(row: Product) -> ProductFacts:
    """What is stored, as facts."""
    return ProductFacts(
        row.name, row.level, row.kind, row.price, row.currency, row.direct_cost, row.difference, row.active
    )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def _check(facts: ProductFacts) -> None:
    if not facts.name.strip() or len(facts.name) > 200:
        raise Invalid("name", _("A product needs a name of at most 200 letters."), fields={"name": "invalid"})
    if facts.level not in LEVELS:
        raise Invalid("level", _("There is no such level."), fields={"level": "unknown"})
    if facts.kind not in KINDS:
        raise Invalid("kind", _("There is no such kind of product."), fields={"kind": "unknown"})
    for name, amount in (("price", facts.price), ("direct_cost", facts.direct_cost)):
        if amount is not None and not (0 <= amount < MOST and amount == round(amount, 2)):
            raise Invalid(
                "amount",
                _("The sum cannot be negative or that large; two decimals at most."),
                fields={name: "range"},
            )
    if facts.currency not in list_currencies():
        raise Invalid(
            "currency", _("This is not a currency code. Example: RUB."), fields={"currency": "unknown"}
        )


def _free_code(workspace_id: UUID, wanted: str, name: str) -> str:
    taken = set(Product.objects.filter(workspace_id=workspace_id).values_list("code", flat=True))
    if wanted:
        if wanted in taken or len(wanted) > 60 or not wanted.isprintable():
            raise Invalid("code", _("This code is taken. Choose another one."), fields={"code": "taken"})
        return wanted
    base = slug(name)
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if code not in taken)
