"""Taking the settings out, and comparing a document with what stands here."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from konveyer.domain.blueprint.rules.document import (
    FORMAT,
    VERSION,
    ConveyorDoc,
    Document,
    FrameDoc,
    Part,
    ProductDoc,
    RoleDoc,
)
from konveyer.domain.catalog.queries import products
from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.conveyor.queries import conveyors, live_version
from konveyer.domain.conveyor.queries.criteria import criteria_of
from konveyer.domain.conveyor.queries.drawn import drawn
from konveyer.domain.staff.queries.frames import all_frames
from konveyer.domain.staff.queries.roster import roles, teams
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right

CRITERIA = ("criteria", "wanted")  # a conveyor without these leaves them as they stand


@dataclass(frozen=True)
class Change:
    """What the document would do to one record: new, changed (which fields), or same."""

    kind: str
    code: str
    name: str
    what: str
    fields: list[str] = field(default_factory=list)


Doc = TypeVar("Doc", bound=Part)


def _of(form: type[Doc], /, **values: Any) -> Doc:
    """A part of the document; that the values fit is what its form checks."""
    return form(**values)


def export(actor: Actor) -> Document:
    """The settings of the workspace. Raises Forbidden without settings.manage."""
    actor.require(Right.SETTINGS_MANAGE)
    workspace_id = actor.workspace_id
    role_codes = {role.pk: role.code for role in roles(workspace_id)}
    return _of(
        Document,
        format=FORMAT,
        version=VERSION,
        roles=[
            _of(RoleDoc, code=role.code, name=role.name, rights=sorted(role.rights), view=role.view)
            for role in roles(workspace_id)
        ],
        teams=[row.team.name for row in teams(workspace_id)],
        frames=[
            _of(FrameDoc, role=role_codes[row.role_id], kind=row.kind.value, value=str(row.value))
            for row in all_frames(workspace_id)
            if row.role_id
        ],
        products=[
            _of(ProductDoc,
                code=row.code, name=row.name, level=row.level, kind=row.kind, price=row.price, currency=row.currency,
                direct_cost=row.direct_cost, difference=row.difference, active=row.active,
            )
            for row in products(workspace_id)
        ],
        conveyors=[found for row in conveyors(workspace_id) if (found := conveyor_doc(row))],
    )  # fmt: skip


def conveyor_doc(conveyor: Conveyor) -> ConveyorDoc | None:
    """The conveyor as its live version stands; None without one."""
    version = live_version(conveyor.workspace_id, conveyor.pk)
    if version is None:
        return None
    criteria = criteria_of(conveyor.workspace_id, conveyor.pk)
    return _of(
        ConveyorDoc,
        **asdict(drawn(version)) | {"criteria": [asdict(one) for one in criteria.items], "wanted": criteria.wanted},
    )  # fmt: skip


def preview(actor: Actor, document: Document) -> list[Change]:
    """What bringing the document in would do; nothing is written. Raises Forbidden without settings.manage."""
    here = export(actor)
    known = set(here.teams)
    return [
        *_compare("role", document.roles, here.roles, lambda row: row.code, lambda row: row.name),
        *(Change("team", name, name, "same" if name in known else "new") for name in document.teams),
        *_compare(
            "frame",
            document.frames,
            here.frames,
            lambda row: f"{row.role}/{row.kind}",
            lambda row: f"{row.role}: {row.kind}",
        ),
        *_compare("product", document.products, here.products, lambda row: row.code, lambda row: row.name),
        *_compare("conveyor", document.conveyors, here.conveyors, lambda row: row.code, lambda row: row.name),
    ]


def _compare(
    kind: str,
    theirs: Iterable[Part],
    ours: Iterable[Part],
    code: Callable[[Any], str],
    name: Callable[[Any], str],
) -> list[Change]:
    stored = {code(row): row for row in ours}
    found = []
    for row in theirs:
        same = stored.get(code(row))
        if same is None:
            found.append(Change(kind, code(row), name(row), "new"))
            continue
        silent = CRITERIA if getattr(row, "criteria", ()) is None else ()
        fields = [
            field
            for field in type(row).model_fields
            if field not in silent and _differs(getattr(row, field), getattr(same, field))
        ]
        found.append(Change(kind, code(row), name(row), "changed" if fields else "same", fields))
    return found


def _differs(theirs: Any, ours: Any) -> bool:
    if isinstance(theirs, list) and all(isinstance(one, str) for one in [*theirs, *ours]):
        return sorted(theirs) != sorted(ours)
    return bool(theirs != ours)
