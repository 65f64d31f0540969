"""Every check: good enough on a healthy firm; on a firm with its fault it alone turns bad; silent where nothing stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from konveyer import wiring
from konveyer.domain.audit.models import Finding
from konveyer.domain.audit.operations import run_audit
from konveyer.domain.audit.queries.behind import behind
from konveyer.domain.audit.queries.checks import checks
from konveyer.domain.demo.operations import make_firm
from konveyer.domain.insight.queries.reconcile import Asked, equations
from konveyer.domain.portfolio.operations import count_parties
from konveyer.domain.sheet.operations.counting import count_days
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor, for_workspace
from konveyer.kit import tenancy
from tests.unit.audit.planting import FAULTS
from tests.world import World

UNTIL = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)
LEADS = 1_200
GUARDED = (
    "lead",
    "deal",
    "task",
    "stage_pass",
    "payment",
    "stage",
    "touch",
    "temperature_change",
    "daily_count",
)


@dataclass
class Firm:
    """A healthy firm, and what was found in it."""

    workspace: Workspace
    healthy: dict[str, str]

    @property
    def actor(self) -> Actor:
        return for_workspace(self.workspace.pk, "system")

    def verdicts(self) -> dict[str, str]:
        """Of a run made now."""
        run = run_audit(actor=self.actor, at=AT)
        return dict(Finding.objects.filter(run=run).values_list("code", "verdict"))

    def plant(self, *statements: str) -> None:
        """As the superuser, with guards off."""
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set local role postgres")
            cursor.execute("set local session_replication_role = replica")
            for table in GUARDED:
                cursor.execute(f"alter table {table} disable trigger user")
            for statement in statements:
                cursor.execute(statement, {"key": self.workspace.pk})
                assert cursor.rowcount > 0, statement
            cursor.execute("set local session_replication_role = origin")
            cursor.execute("set local role konveyer_app")


def settle(workspace_id: Any) -> None:
    """What the worker and PostgreSQL do by themselves in the first minutes: days are summed up, tables known by their sizes."""
    while count_days(workspace_id=workspace_id) or count_parties(workspace_id=workspace_id):
        pass
    with connection.cursor() as cursor:
        cursor.execute("set local role postgres")
        cursor.execute("analyze")
        cursor.execute("set local role konveyer_app")


@pytest.fixture(scope="module")
def firm(django_db_setup: None, django_db_blocker: Any) -> Iterator[Firm]:
    """One firm for all tests of this module: each takes back what it did."""
    wiring.plug()
    with django_db_blocker.unblock():
        user = connection.settings_dict["USER"]
        connection.close()
        connection.settings_dict["USER"] = "postgres"
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("set local role konveyer_app")
                made = make_firm(leads=LEADS, language="en", until=UNTIL)
                with tenancy.enter(made.workspace.pk):
                    settle(made.workspace.pk)
                    built = Firm(made.workspace, {})
                    built.healthy = built.verdicts()
                    yield built
                transaction.set_rollback(True)
        finally:
            connection.close()
            connection.settings_dict["USER"] = user


@pytest.mark.shows("I3.audit", "I2.demo")
def test_a_healthy_firm_has_nothing_bad(firm: Firm) -> None:
    assert {code for code, verdict in firm.healthy.items() if verdict == "bad"} == set()
    assert {code for code, verdict in firm.healthy.items() if verdict in ("no_data", "not_enough_data")} <= {
        "three_touches",
        "hot_overdue",
    }


@pytest.mark.shows("I2.demo", "I2.reconcile")
def test_a_healthy_firm_breaks_no_law(firm: Firm) -> None:
    with connection.cursor() as cursor:
        asked = Asked(cursor, firm.workspace.pk, set())
        found = {equation.code: equation.ask(asked) for equation in equations()}
    assert {code: broken.examples for code, broken in found.items() if broken.found} == {}


def test_every_check_has_its_fault() -> None:
    assert set(FAULTS) == set(checks())


@pytest.mark.shows(
    "I3.audit",
    "R6",
    "R8",
    "R9",
    "R11",
    "R15",
    "R16",
    "R20",
    "R21",
    "R22",
    "R24",
    "R27",
    "R28",
    "R34",
    "R35",
    "R36",
    "R37",
    "S26",
    "S29",
)
@pytest.mark.parametrize("code", sorted(FAULTS))
def test_a_planted_fault_turns_its_check_bad_and_no_other(firm: Firm, code: str) -> None:
    with transaction.atomic():
        firm.plant(*FAULTS[code])
        found = firm.verdicts()
        changed = {name: verdict for name, verdict in found.items() if verdict != firm.healthy[name]}
        assert changed == {code: "bad"}
        check = checks()[code]
        if check.behind:
            page = behind(firm.actor, check, AT)
            assert page.rows, "a bad finding names records"
            assert all(row.name != "–" for row in page.rows)
        transaction.set_rollback(True)


@pytest.mark.shows("I3.audit")
@pytest.mark.parametrize("code", sorted(code for code, check in checks().items() if check.behind))
def test_records_come_in_pages_that_neither_repeat_nor_skip(firm: Firm, code: str) -> None:
    check, after, seen = checks()[code], None, []
    while True:
        page = behind(firm.actor, check, AT, after)
        seen += [row.record_id for row in page.rows]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen))
    with connection.cursor() as cursor:
        from konveyer.domain.audit.queries.check import moment_of

        cursor.execute(f"select count(*) from ({check.behind}) b", moment_of(firm.workspace.pk, AT).bound())
        assert cursor.fetchone() == (len(seen),)


@pytest.mark.django_db
@pytest.mark.shows("I3.audit")
def test_where_nothing_stands_there_is_no_verdict(world: World) -> None:
    run = run_audit(actor=world.system, at=AT)
    found = dict(Finding.objects.filter(run=run).values_list("code", "verdict"))
    drawn = {code for code, check in checks().items() if check.needs == ("stage",)}
    assert {
        code for code, verdict in found.items() if verdict != "no_data"
    } == drawn  # conveyors come with the firm
