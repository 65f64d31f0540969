"""Reads of the catalogue."""

from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.catalog.models import LEVELS, Product
from konveyer.kit.refusal import NotFound


def products(workspace_id: UUID, *, active: bool | None = None) -> list[Product]:
    """Products from the foot of the ladder upwards, by price; with `active` only those on sale or only the others."""
    rows = Product.objects.filter(workspace_id=workspace_id)
    if active is not None:
        rows = rows.filter(active=active)
    return sorted(rows, key=lambda row: (LEVELS.index(row.level), row.price or 0, row.name, str(row.pk)))


def product(workspace_id: UUID, product_id: UUID) -> Product:
    """One product. Raises NotFound."""
    row = Product.objects.filter(workspace_id=workspace_id, pk=product_id).first()
    if row is None:
        raise NotFound("not_found", _("There is no such product."))
    return row


def gaps(found: list[Product]) -> list[str]:
    """Levels of the ladder with nothing on sale, from its foot upwards (R15: each level prepares the next)."""
    on_sale = {row.level for row in found if row.active}
    return [level for level in LEVELS if level not in on_sale]
