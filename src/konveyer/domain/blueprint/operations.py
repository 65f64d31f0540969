"""Bringing settings in: all of the document or nothing of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.blueprint.queries import CRITERIA, Change, preview
from konveyer.domain.blueprint.rules.document import ConveyorDoc, Document, ProductDoc, RoleDoc
from konveyer.domain.catalog.models import Product
from konveyer.domain.catalog.operations import ProductFacts, add_product, change_product
from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.conveyor.operations import publish, set_criteria
from konveyer.domain.conveyor.queries.criteria import criteria_of
from konveyer.domain.conveyor.rules.criteria import Criterion
from konveyer.domain.conveyor.rules.presets import ConveyorPreset, GatePreset, RefusalPreset, StagePreset
from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.staff.operations.roles import add_role, change_role
from konveyer.domain.staff.operations.teams import save_team
from konveyer.domain.workspace.models import Role
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid


@transaction.atomic
def bring_in(*, actor: Actor, at: datetime, document: Document) -> list[Change]:
    """Make and change what the document says; returns what was done. Nothing is deleted.

    A conveyor that differs becomes a new version: new leads take it, those inside stay where they are.
    Raises Forbidden without settings.manage and the rights of the parts, Invalid for a role nobody knows.
    """
    actor.require(Right.SETTINGS_MANAGE)
    changes = preview(actor, document)
    wanted = {(change.kind, change.code) for change in changes if change.what != "same"}
    for role in document.roles:
        if ("role", role.code) in wanted:
            _role(actor, at, role)
    for name in document.teams:
        if ("team", name) in wanted:
            save_team(actor=actor, at=at, name=name, member_ids=())
    known = _roles(actor.workspace_id)
    for frame in document.frames:
        if (f"{frame.role}/{frame.kind}") in {code for kind, code in wanted if kind == "frame"}:
            set_frame(
                actor=actor, at=at, kind=frame.kind, value=frame.value, role_id=_known(known, frame.role).pk
            )
    for product in document.products:
        if ("product", product.code) in wanted:
            _product(actor, at, product)
    _conveyors(
        actor, at, [row for row in document.conveyors if ("conveyor", row.code) in wanted], known, changes
    )
    return changes


def _roles(workspace_id: UUID) -> dict[str, Role]:
    return {role.code: role for role in Role.objects.filter(workspace_id=workspace_id)}


def _known(roles: dict[str, Role], code: str) -> Role:
    if code not in roles:
        raise Invalid("role_unknown", _("There is no role %s here or in the file.") % code)
    return roles[code]


def _role(actor: Actor, at: datetime, role: RoleDoc) -> None:
    row = Role.objects.filter(workspace_id=actor.workspace_id, code=role.code).first()
    if row is None:
        add_role(actor=actor, at=at, name=role.name, rights=role.rights, view=role.view, code=role.code)
    else:
        change_role(actor=actor, at=at, role_id=row.pk, name=role.name, rights=role.rights, view=role.view)


def _product(actor: Actor, at: datetime, product: ProductDoc) -> None:
    facts = ProductFacts(**product.model_dump(exclude={"code"}))
    row = Product.objects.filter(workspace_id=actor.workspace_id, code=product.code).first()
    if row is None:
        add_product(actor=actor, at=at, facts=facts, code=product.code)
    else:
        change_product(actor=actor, at=at, product_id=row.pk, facts=facts)


def _conveyors(
    actor: Actor, at: datetime, wanted: list[ConveyorDoc], roles: dict[str, Role], changes: list[Change]
) -> None:
    """Those that others lead to first exist, then all get their routes; other criteria are no new version."""
    fields = {change.code: change.fields for change in changes if change.kind == "conveyor"}
    there = set(Conveyor.objects.filter(workspace_id=actor.workspace_id).values_list("code", flat=True))
    there |= {conveyor.code for conveyor in wanted}
    for conveyor in wanted:
        for route in conveyor.refusals:
            if route.to_conveyor and route.to_conveyor not in there:
                raise Invalid(
                    "conveyor_unknown", _("There is no conveyor %s here or in the file.") % route.to_conveyor
                )
    for conveyor in wanted:
        for stage in conveyor.stages:
            _known(roles, stage.role)
    for conveyor in wanted:
        Conveyor.objects.get_or_create(
            workspace_id=actor.workspace_id,
            code=conveyor.code,
            defaults={
                "name": conveyor.name,
                "created_at": at,
                "position": Conveyor.objects.filter(workspace_id=actor.workspace_id).count(),
            },
        )
    for conveyor in wanted:
        if not fields[conveyor.code] or set(fields[conveyor.code]) - set(CRITERIA):
            publish(actor=actor, at=at, preset=_preset(conveyor))
        if conveyor.criteria is not None:
            _criteria(actor, at, conveyor)


def _criteria(actor: Actor, at: datetime, doc: ConveyorDoc) -> None:
    row = Conveyor.objects.get(workspace_id=actor.workspace_id, code=doc.code)
    items = [
        Criterion(**one.model_dump() | {"choices": tuple(one.choices), "good": tuple(one.good)})
        for one in doc.criteria or ()
    ]
    was = criteria_of(actor.workspace_id, row.pk).number
    set_criteria(actor=actor, at=at, conveyor_id=row.pk, items=items, wanted=doc.wanted, was=was)


def _preset(doc: ConveyorDoc) -> ConveyorPreset:
    return ConveyorPreset(
        doc.code,
        doc.name,
        tuple(
            StagePreset(
                **stage.model_dump(exclude={"gate", "helpers"}),
                helpers=tuple(stage.helpers),
                gate=tuple(
                    GatePreset(**gate.model_dump(exclude={"choices"}), choices=tuple(gate.choices))
                    for gate in stage.gate
                ),
            )
            for stage in doc.stages
        ),
        tuple(RefusalPreset(**route.model_dump()) for route in doc.refusals),
    )
