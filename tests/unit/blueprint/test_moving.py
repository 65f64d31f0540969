"""Settings as one document: what goes out comes in elsewhere just so; all or nothing."""

import json
from decimal import Decimal
from typing import Any

import pytest

from konveyer.domain.blueprint.operations import bring_in
from konveyer.domain.blueprint.queries import export, preview
from konveyer.domain.blueprint.rules.document import read
from konveyer.domain.catalog.models import Product
from konveyer.domain.catalog.operations import ProductFacts, add_product
from konveyer.domain.conveyor.models import Conveyor, RefusalRoute, Stage, Version
from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.staff.operations.roles import add_role
from konveyer.domain.staff.operations.teams import save_team
from konveyer.domain.workspace.models import Role
from konveyer.domain.workspace.rules.actor import for_workspace
from konveyer.kit import tenancy
from konveyer.kit.refusal import Forbidden, Invalid
from tests.refusals import refused
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


def out(world: World) -> dict[str, Any]:
    """As it stands in a file."""
    found: dict[str, Any] = json.loads(json.dumps(export(world.actor("Igor")).model_dump(mode="json")))
    return found


def fill(world: World) -> None:
    igor = world.actor("Igor")
    add_product(actor=igor, at=NOON, facts=ProductFacts("Курс", "front_end", "course", Decimal("1500.00")))
    night = add_role(actor=igor, at=NOON, name="Night shift", rights=["leads.work"], view="team")
    set_frame(actor=igor, at=NOON, kind="open_leads", value="30", role_id=night.pk)
    save_team(actor=igor, at=NOON, name="Nights", member_ids=[])


@pytest.mark.shows("I2.settings")
def test_what_goes_out_comes_in_elsewhere_just_so(world: World) -> None:
    fill(world)
    document = out(world)
    twin = for_workspace(world.twin.pk, "command")
    with tenancy.enter(world.twin.pk):
        changes = bring_in(actor=twin, at=NOON, document=read(document))
        done = {(change.kind, change.code) for change in changes if change.what != "same"}
        assert done == {
            ("role", "night_shift"), ("team", "Calls"), ("team", "Nights"), ("frame", "night_shift/open_leads"),
            ("product", "kurs"),
        }  # fmt: skip
        again = export(twin).model_dump(mode="json")
        assert all(change.what == "same" for change in preview(twin, read(document)))
    assert again == document
    assert "igor" not in json.dumps(document).lower(), "no person travels"


@pytest.mark.shows("I2.settings")
def test_a_conveyor_that_differs_becomes_a_new_version(world: World) -> None:
    document = out(world)
    chosen = document["conveyors"][0]
    chosen["name"] = "Наш путь"
    chosen["stages"][0]["sla_hours"] = 5
    chosen["refusals"].append(
        {
            "code": "elsewhere",
            "label": "Другой путь",
            "destination": "other_conveyor",
            "to_conveyor": "own_way",
        }
    )
    document["conveyors"].append(
        {
            "code": "own_way",
            "name": "Own way",
            "stages": [{"key": "one", "name": "One", "role": "closer", "win_point": True}],
        }
    )
    found = preview(world.actor("Igor"), read(document))
    changed = {change.code: (change.what, change.fields) for change in found if change.what != "same"}
    assert changed == {chosen["code"]: ("changed", ["name", "stages", "refusals"]), "own_way": ("new", [])}
    bring_in(actor=world.actor("Igor"), at=NOON, document=read(document))
    conveyor = Conveyor.objects.get(code=chosen["code"])
    versions = {row.number: row.state for row in Version.objects.filter(conveyor=conveyor)}
    assert (conveyor.name, versions) == ("Наш путь", {1: "retired", 2: "live"})
    live = Version.objects.get(conveyor=conveyor, state="live")
    assert Stage.objects.get(conveyor_version=live, key=chosen["stages"][0]["key"]).sla_hours == 5
    assert RefusalRoute.objects.get(conveyor_version=live, code="elsewhere").to_conveyor.code == "own_way"
    assert [
        change for change in preview(world.actor("Igor"), read(out(world))) if change.what != "same"
    ] == []


@pytest.mark.shows("I2.settings")
def test_all_of_it_or_nothing(world: World) -> None:
    document = out(world)
    document["products"].append(
        {
            "code": "x",
            "name": "X",
            "level": "core",
            "kind": "goods",
            "price": "1.00",
            "currency": "RUB",
            "direct_cost": "0.00",
        }
    )
    document["conveyors"][0]["stages"][0]["role"] = "nobody"
    with refused("role_unknown"):
        bring_in(actor=world.actor("Igor"), at=NOON, document=read(document))
    assert not Product.objects.filter(code="x").exists()
    document = out(world)
    document["roles"][0]["rights"] = ["base.read"]
    with refused("owner_role"):
        bring_in(actor=world.actor("Igor"), at=NOON, document=read(document))
    assert len(Role.objects.get(code="owner").rights) > 1
    with pytest.raises(Forbidden):
        export(world.actor("Anna"))


@pytest.mark.shows("I2.settings")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda doc: doc.update(version=2),
        lambda doc: doc.update(format="something"),
        lambda doc: doc.update(surprise=1),
        lambda doc: doc["roles"].append(doc["roles"][0]),
        lambda doc: doc["roles"][0].update(view="everything"),
        lambda doc: doc["conveyors"][0]["stages"].clear(),
        lambda doc: [stage.update(win_point=True) for stage in doc["conveyors"][0]["stages"]],
        lambda doc: doc["conveyors"][0]["refusals"][0].update(destination="other_conveyor"),
        lambda doc: doc["conveyors"][0].update(code="../../etc"),
        lambda doc: doc["products"].append({"code": "x"}),
    ],
)
def test_a_damaged_document_is_refused_with_its_place(world: World, spoil: Any) -> None:
    document = out(world)
    spoil(document)
    with pytest.raises(Invalid):
        read(document)
