"""Reads of the catalogue."""

from uuid import UUID

from django.db.models import Case, Value, When

from konveyer.domain.catalog.models import LEVELS, Product


def products(workspace_id: UUID, *, active: bool = True) -> list[Product]:
    """Products from the foot of the ladder to its top, by name within a level."""
    rows = Product.objects.filter(workspace_id=workspace_id)
    if active:
        rows = rows.filter(active=True)
    steps = Case(*[When(level=level, then=Value(at)) for at, level in enumerate(LEVELS)])
    return list(rows.order_by(steps, "name", "id"))
