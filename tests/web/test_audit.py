"""The audit on the screen, over the API, as a command and in the worker."""

import argparse
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konveyer.commands.audit import audit as command
from konveyer.commands.call import Call
from konveyer.domain.audit.models import Benchmark, Finding, Run
from konveyer.domain.audit.operations import ask_for_run, run_audit, set_benchmark
from konveyer.domain.catalog.models import Product
from konveyer.domain.journal.models import Entry
from konveyer.jobs.audit import DUE
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Stale
from tests.web.api import Program
from tests.web.test_setup import said, signed_in
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


def product(world: World, level: str = "core", **more: object) -> Product:
    return Product.objects.create(
        workspace=world.workspace, code=level, name=f"The {level} one", level=level, currency="RUB", **more
    )  # fmt: skip


@pytest.mark.shows("I3.audit")
def test_the_screen_before_and_after_a_run(world: World) -> None:
    anna = signed_in("anna@north.example")
    assert "Nothing was checked yet" in said(anna.get("/audit/"))
    silent = product(world, difference="")
    run_audit(actor=world.system, at=NOON)
    page = said(anna.get("/audit/"))
    assert page.index("Products without a difference stated") < page.index(
        "Stages without a result"
    )  # the worst first
    assert "Of 1 products on offer 1 do not say" in page
    one = anna.get("/audit/product_difference/").content.decode()
    assert f'href="/products/{silent.pk}/"' in one
    assert anna.get("/audit/nothing_of_the_kind/").status_code == 404
    assert signed_in("alina@north.example").get("/audit/").status_code == 403


@pytest.mark.shows("I3.audit")
def test_the_screen_asks_no_more_the_longer_the_history(world: World) -> None:
    anna = signed_in("anna@north.example")
    product(world)
    run_audit(actor=world.system, at=NOON)
    anna.get("/audit/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        anna.get("/audit/")
    for day in range(1, 12):
        run_audit(actor=world.system, at=NOON + timedelta(days=day))
    with CaptureQueriesContext(connection) as many:
        assert anna.get("/audit/").status_code == 200
    assert len(many) == len(few)


@pytest.mark.shows("I3.audit")
def test_a_run_is_asked_for_once_and_done_by_the_worker(world: World) -> None:
    anna = signed_in("anna@north.example")
    assert anna.post("/audit/run/").status_code == 302
    assert "The checks are being gone through" in said(anna.get("/audit/"))
    assert ask_for_run(actor=world.actor("Igor"), at=NOON) is False
    waiting = Run.objects.get(workspace=world.workspace)
    with connection.cursor() as cursor:
        cursor.execute(DUE)
        assert (world.workspace.pk,) in cursor.fetchall()
    assert Entry.objects.filter(subject_id=waiting.pk, action="audit_asked").count() == 1
    assert run_audit(actor=world.system, at=NOON).pk == waiting.pk
    assert run_audit(actor=world.system, at=NOON).pk != waiting.pk
    with pytest.raises(Forbidden):
        ask_for_run(actor=world.actor("Lev"), at=NOON)  # the analyst reads
    with pytest.raises(Forbidden):
        run_audit(actor=world.actor("Alina"), at=NOON)


@pytest.mark.shows("I3.audit")
def test_a_benchmark_of_ones_own_holds_from_the_next_run(world: World) -> None:
    product(world, difference="")
    product(world, "vip", difference="faster")
    igor = world.actor("Igor")

    def verdict() -> str:
        run = run_audit(actor=world.system, at=NOON)
        return str(Finding.objects.get(run=run, code="product_difference").verdict)

    assert verdict() == "bad"
    set_benchmark(
        actor=igor, at=NOON, code="product_difference", good=Decimal("0.5"), weak=Decimal("0.6"), version=0
    )
    assert verdict() == "good"
    with pytest.raises(Stale):
        set_benchmark(
            actor=igor,
            at=NOON,
            code="product_difference",
            good=Decimal("0.1"),
            weak=Decimal("0.2"),
            version=0,
        )
    for good, weak in (
        (Decimal("0.5"), Decimal("0.4")),
        (Decimal("0.5"), None),
        (Decimal("NaN"), Decimal(1)),
    ):
        with pytest.raises(Invalid):
            set_benchmark(actor=igor, at=NOON, code="product_difference", good=good, weak=weak, version=1)
    with pytest.raises(NotFound):
        set_benchmark(actor=igor, at=NOON, code="nothing", good=Decimal(1), weak=Decimal(1), version=0)
    with pytest.raises(Forbidden):
        set_benchmark(
            actor=world.actor("Lev"), at=NOON, code="product_difference", good=None, weak=None, version=1
        )
    set_benchmark(actor=igor, at=NOON, code="product_difference", good=None, weak=None, version=1)
    assert verdict() == "bad"
    assert Entry.objects.filter(action="benchmark_set").count() == 2


@pytest.mark.shows("I3.audit")
def test_the_dialog_takes_per_cent_and_gives_the_methods_back(world: World) -> None:
    anna = signed_in("anna@north.example")
    at = "/audit/product_difference/benchmark/"
    assert "Good, %" in said(anna.get(at))
    assert anna.post(at, {"good": "40", "weak": "10", "version": "0"}).status_code == 422
    assert anna.post(at, {"good": "", "weak": "10", "version": "0"}).status_code == 422
    assert anna.post(at, {"good": "10", "weak": "40", "version": "0"}).status_code == 204
    own = Benchmark.objects.get(workspace=world.workspace)
    assert (own.good, own.weak) == (Decimal("0.1"), Decimal("0.4"))
    assert "Back to the method" in said(anna.get(at))
    assert anna.post(at, {"back": "1", "version": "1"}).status_code == 204
    assert not Benchmark.objects.exists()


@pytest.mark.shows("I3.audit", "I2.api")
def test_the_api_and_the_command_say_the_same(world: World) -> None:
    product(world, difference="")
    told = command(Call(argparse.Namespace(), NOON, world.workspace))
    first = told.data[0]
    assert {"rule", "verdict", "measured", "benchmark", "sample", "evidence", "action"} <= set(first)
    assert [one["verdict"] for one in told.data] == sorted(
        (one["verdict"] for one in told.data), key=["bad", "weak", "good", "not_enough_data", "no_data"].index
    )
    found = {one["code"]: one for one in told.data}["product_difference"]
    assert (found["rule"], found["measured"], found["benchmark"], found["sample"]) == ("R35", 1.0, 0.0, 1)
    assert any("R35" in line for line in told.lines)
    lev = Program(world.people["Lev"])
    assert lev.get("audit").json()["findings"] == told.data
    assert lev.post("audit/runs").status_code == 403
    anna = Program(world.people["Anna"])
    assert anna.post("audit/runs").json() == {"new": True}
    assert anna.get("audit").json()["waits"] is True
    records = anna.get("audit/product_difference/records").json()
    assert [one["name"] for one in records["records"]] == ["The core one"]
    set_to = anna.put("audit/product_difference/benchmark", {"good": "0.1", "weak": "0.2", "version": 0})
    assert set_to.json() == {"version": 1}
    assert (
        anna.put(
            "audit/product_difference/benchmark", {"good": "0.1", "weak": None, "version": 1}
        ).status_code
        == 422
    )


@pytest.mark.shows("I3.audit", "I3.frames", "I2.api")
def test_letter_and_results_stand_in_the_api_too(world: World) -> None:
    product(world, difference="")
    anna = Program(world.people["Anna"])
    assert anna.get("audit/letter").json() == {"subject": None, "text": None, "codes": [], "off": False}
    run_audit(actor=world.system, at=NOON)
    told = anna.get("audit/letter").json()
    assert "product_difference" in told["codes"]
    assert "R35" in told["text"]
    assert anna.put("audit/letter", {"off": True}).status_code == 204
    assert anna.get("audit/letter").json()["off"] is True
    assert Program(world.people["Lev"]).get("audit/letter").status_code == 403
    assert anna.get("audit/frames").json() == []
    world_frame = {"member_id": str(world.people["Alina"].pk), "kind": "daily_calls", "value": "50"}
    assert anna.put("frames", world_frame).status_code in (200, 204)
    assert [(one["name"], one["daily_calls"]) for one in anna.get("audit/frames").json()] == [("Alina", 50)]


@pytest.mark.shows("I3.audit")
def test_the_letter_is_previewed_and_switched_off_on_its_screen(world: World) -> None:
    anna = signed_in("anna@north.example")
    assert "There is nothing to write about" in said(anna.get("/audit/letter/"))
    product(world, difference="")
    run_audit(actor=world.system, at=NOON)
    assert "Products without a difference stated (R35)" in said(anna.get("/audit/letter/"))
    assert anna.post("/audit/letter/", {"off": "1"}).status_code == 302
    assert "Send me the letter again" in said(anna.get("/audit/letter/"))
    assert signed_in("lev@north.example").get("/audit/letter/").status_code == 403
