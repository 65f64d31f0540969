"""A workspace's own bounds of a check."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.audit.models import Benchmark
from konveyer.domain.audit.queries.reading import one_check, require_reader
from konveyer.domain.audit.rules.verdict import Better
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, Stale

LARGEST = Decimal(1_000_000)


@transaction.atomic
def set_benchmark(
    *, actor: Actor, at: datetime, code: str, good: Decimal | None, weak: Decimal | None, version: int
) -> None:
    """Set both bounds, or with None for both go back to the method's. `version`: as read, 0 where none stood.

    Raises NotFound, Forbidden, Invalid (out of range or the wrong way round), Stale. Holds from the next run on.
    """
    require_reader(actor)
    actor.require(Right.LEADS_ASSIGN)
    check = one_check(code)
    row = Benchmark.objects.select_for_update().filter(workspace_id=actor.workspace_id, code=code).first()
    if (row.version if row else 0) != version:
        raise Stale("stale", _("Somebody set this benchmark meanwhile. Look at it again and decide."))
    before = {"good": row.good, "weak": row.weak} if row else {}
    if good is None and weak is None:
        if row:
            row.delete()
    elif good is None or weak is None:
        raise Invalid(
            "benchmark", _("Give both bounds, or none for the method's."), fields={"weak": "missing"}
        )
    else:
        _require_right_way(good, weak, check.bounds.better)
        Benchmark.objects.update_or_create(
            workspace_id=actor.workspace_id, code=code,
            defaults={"good": good, "weak": weak, "version": version + 1, "set_by_id": actor.member_id, "set_at": at},
        )  # fmt: skip
    after = {} if good is None else {"good": good, "weak": weak}
    record(
        actor=actor, at=at, subject="workspace", subject_id=actor.workspace_id, action="benchmark_set", before=before,
        after={"check": code, **after},
    )  # fmt: skip


def _require_right_way(good: Decimal, weak: Decimal, better: Better) -> None:
    for name, value in (("good", good), ("weak", weak)):
        if not (value.is_finite() and 0 <= value <= LARGEST):
            raise Invalid("benchmark", _("A bound is a number from 0 to 1,000,000."), fields={name: "range"})
    if (good - weak) * (1 if better == Better.MORE else -1) < 0:
        raise Invalid(
            "benchmark_order", _("The bound of “weak” must lie on the worse side of the bound of “good”."), fields={"weak": "order"}
        )  # fmt: skip
