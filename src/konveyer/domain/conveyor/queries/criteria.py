"""The criteria of a conveyor as they count now."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from konveyer.domain.conveyor.models import CriteriaSet
from konveyer.domain.conveyor.rules.criteria import Criterion


@dataclass(frozen=True)
class Criteria:
    """A set as the rules read it. `number` 0: none was ever drawn up."""

    id: UUID | None
    number: int
    items: tuple[Criterion, ...]
    wanted: int


def criteria_of(workspace_id: UUID, conveyor_id: UUID) -> Criteria:
    """The set that counts; without items nobody can be judged."""
    row = (
        CriteriaSet.objects.filter(workspace_id=workspace_id, conveyor_id=conveyor_id)
        .order_by("-number")
        .first()
    )
    if row is None:
        return Criteria(None, 0, (), 0)
    return Criteria(row.pk, row.number, tuple(read_item(one) for one in row.items), row.wanted)


def read_item(item: dict[str, Any]) -> Criterion:
    """A stored item as a criterion."""
    least, most = (None if item.get(name) is None else Decimal(str(item[name])) for name in ("least", "most"))
    return Criterion(
        item["fact"], item["label"], item.get("ask", "text"), item.get("must", True), tuple(item.get("choices", ())),
        tuple(item.get("good", ())), least, most,
    )  # fmt: skip


def as_item(one: Criterion) -> dict[str, Any]:
    """A criterion as it is stored."""
    item = {
        "fact": one.fact, "label": one.label, "ask": one.ask, "must": one.must, "choices": list(one.choices),
        "good": list(one.good), "least": one.least, "most": one.most,
    }  # fmt: skip
    return {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in item.items()
        if value not in (None, [])
    }
