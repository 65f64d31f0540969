"""The daily sheet on the screen, as a file and over the API."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from konveyer.domain.sheet.models import DailyCount, Quota
from konveyer.domain.sheet.operations.writing import today_of
from konveyer.kit import clock
from tests.web.api import Program
from tests.web.test_setup import said, signed_in
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.shows("I3.sheet")
def test_a_month_is_typed_in_and_read_back(world: World) -> None:
    alina, today = signed_in("alina@north.example"), today_of(world.workspace.pk, clock.now())
    name = f"{today}:cold_calls"
    shown = alina.get("/sheet/")
    assert f'name="cell:{name}"' in shown.content.decode()
    done = alina.post(
        "/sheet/", {f"cell:{name}": "1 040", f"was:{name}": ""}, follow=True
    )  # fmt: skip
    assert "1 cell written." in said(done)
    assert DailyCount.objects.get().value == 1040
    assert 'value="1040"' in done.content.decode()
    assert "1,040" in said(alina.get("/sheet/team/?period=day"))


@pytest.mark.shows("I3.sheet", "R28")
def test_who_gives_work_sets_norms_and_nobody_his_own(world: World) -> None:
    whose = f"/sheet/?member={world.people['Alina'].pk}"
    alina, anna = signed_in("alina@north.example"), signed_in("anna@north.example")
    assert 'name="norm:talks"' not in alina.get("/sheet/").content.decode()
    assert alina.post("/sheet/", {"norm:talks": "1", "norm-was:talks": ""}).status_code == 403
    shown = anna.get(whose).content.decode()
    assert 'name="norm:talks"' in shown
    assert 'name="norm:cold_calls"' not in shown
    assert anna.post(whose, {"norm:talks": "15", "norm-was:talks": ""}).status_code == 302
    assert Quota.objects.get().per_day == 15


@pytest.mark.shows("I3.sheet", "I2.stale", "I2.bad-input")
def test_what_was_typed_is_kept_when_a_cell_is_refused(world: World) -> None:
    alina, today = signed_in("alina@north.example"), today_of(world.workspace.pk, clock.now())
    wrong = alina.post("/sheet/", {f"cell:{today}:talks": "many", f"cell:{today}:warm": "3"})
    page = wrong.content.decode()
    assert (wrong.status_code, 'value="many"' in page, 'value="3"' in page, 'aria-invalid="true"' in page) == (
        422, True, True, True,
    )  # fmt: skip
    assert not DailyCount.objects.exists()
    alina.post("/sheet/", {f"cell:{today}:talks": "5"})
    stale = alina.post("/sheet/", {f"cell:{today}:talks": "7", f"was:{today}:talks": ""})
    assert (stale.status_code, "Somebody changed these cells" in said(stale), DailyCount.objects.get().value) == (
        409, True, 5,
    )  # fmt: skip
    assert alina.get("/sheet/?month=0000-99&member=x").status_code == 200


@pytest.mark.shows("I3.sheet", "I2.permissions")
def test_the_sheet_of_others_is_not_seen(world: World) -> None:
    alina = signed_in("alina@north.example")
    assert alina.get(f"/sheet/?member={world.people['Marina'].pk}").status_code == 404
    lev = signed_in("lev@north.example")
    page = lev.get(f"/sheet/?member={world.people['Alina'].pk}")
    assert (page.status_code, "cell:" in page.content.decode()) == (200, False), "who analyses reads"
    assert lev.post(f"/sheet/?member={world.people['Alina'].pk}", {}).status_code == 403


@pytest.mark.shows("I3.sheet")
def test_the_file_goes_round(world: World) -> None:
    anna, today = signed_in("anna@north.example"), today_of(world.workspace.pk, clock.now())
    world.people["Alina"].__class__.objects.filter(pk=world.people["Alina"].pk).update(
        name="=Alina()", name_key="=alina()"
    )
    anna.post(
        f"/sheet/?member={world.people['Alina'].pk}",
        {f"cell:{today}:talks": "5", f"cell:{today}:received": "10,50"},
    )
    content = anna.get("/sheet/table.xlsx").content
    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    assert next(cell.data_type for cell in page[2]) == "s", "a name that looks like a formula stays a text"
    again = anna.post("/sheet/file/", {"file": SimpleUploadedFile("days.xlsx", content)})
    assert "Cells written: 0. Lines left outside: 0." in said(again)
    DailyCount.objects.all().delete()
    anna.post("/sheet/file/", {"file": SimpleUploadedFile("days.xlsx", content)})
    assert sorted(str(row.value) for row in DailyCount.objects.all()) == ["10.50", "5.00"]
    broken = anna.post("/sheet/file/", {"file": SimpleUploadedFile("days.xlsx", b"\x00\x01")})
    assert broken.status_code == 422
    assert anna.post("/sheet/file/").status_code == 422


@pytest.mark.shows("I3.sheet", "I2.api")
def test_programs_read_and_write_it(world: World) -> None:
    alina = Program(world.people["Alina"])
    today = today_of(world.workspace.pk, clock.now())
    cell = {"day": str(today), "measure": "talks", "value": "4"}
    assert alina.put("sheet", {"cells": [cell]}).json() == {"written": 1}
    [row] = alina.get("sheet", first=str(today), last=str(today)).json()
    assert (row["measure"], float(row["value"]), float(row["counted"])) == ("talks", 4.0, 0.0)
    assert alina.put("sheet", {"cells": [cell | {"value": "9"}]}).status_code == 409
    assert alina.put("sheet", {"cells": [cell | {"measure": "naps"}]}).status_code == 422
    tomorrow = cell | {"day": str(today + timedelta(days=2))}
    assert alina.put("sheet", {"cells": [tomorrow]}).status_code == 422
    assert alina.get("sheet", first=str(today), last="2000-01-01").status_code == 422
