"""Real lists: both files of the Olist marketing funnel, whole and in random pieces, against a recount by Python's csv.

The data are not part of the project (CC BY-NC-SA): they are looked for in KONVEYER_TRY_DATA, else beside the checkout.
"""

import csv
import os
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F

from konveyer.domain.leads.models import Handoff, Lead, LeadFact, StagePass
from tests.unit.imports.bringing import brought, counts
from tests.world import World

BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "olist"
DATA = Path(os.environ.get("KONVEYER_TRY_DATA") or BESIDE)
LEADS = DATA / "olist_marketing_qualified_leads_dataset.csv"
DEALS = DATA / "olist_closed_deals_dataset.csv"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not LEADS.exists(), reason="the Olist files are not here: set KONVEYER_TRY_DATA to their folder"
    ),
    pytest.mark.timeout(600),
]


def base() -> dict[str, Any]:
    """What the base says after an import."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select count(*), count(*) filter (where l.state = 'won'), count(distinct l.telemarketer_id),
                   count(distinct l.closer_id), count(*) filter (where l.telemarketer_id = l.closer_id),
                   count(distinct l.page_id), count(*) filter (where l.won_on < l.arrived_on)
              from lead l where l.state in ('open', 'won')
            """
        )
        leads, won, telemarketers, closers, alone, pages, before = cursor.fetchone() or ()
        cursor.execute(
            "select o.key, count(*), count(*) filter (where l.state = 'won') from lead l"
            " left join origin o on o.id = l.origin_id group by 1"
        )
        origins = {key: (won_here, all_here) for key, all_here, won_here in cursor.fetchall()}
        cursor.execute("select won_on - arrived_on from lead where state = 'won' order by 1")
        days = [row[0] for row in cursor.fetchall()]
    revenue = LeadFact.objects.filter(kind="declared_monthly_revenue", number__gt=0).count()
    return {
        "leads": leads, "won": won, "telemarketers": telemarketers, "closers": closers, "alone": alone, "pages": pages,
        "before": before, "origins": origins, "days": days, "revenue": revenue,
    }  # fmt: skip


@pytest.mark.shows("I2.olist", "I2.import", "S22")
def test_both_files_give_every_figure_and_a_second_run_changes_nothing(world: World) -> None:
    leads = brought(world.workspace, LEADS, preset="olist-leads")
    assert counts(leads) == (8000, 8000, 0, 0, 0)
    deals = brought(world.workspace, DEALS, preset="olist-deals")
    assert counts(deals) == (842, 842, 0, 0, 0)
    said = base()
    days = sorted(said.pop("days"))
    assert said == {
        "leads": 8000, "won": 842, "telemarketers": 32, "closers": 22, "alone": 5, "pages": 495, "before": 1, "revenue": 45,
        "origins": {
            "organic_search": (271, 2296), "paid_search": (195, 1586), "social": (75, 1350), "unknown": (179, 1099),
            "direct_traffic": (56, 499), "email": (15, 493), "referral": (24, 284), "other": (4, 150),
            "display": (6, 118), "other_publicities": (3, 65), None: (14, 60),
        },
    }  # fmt: skip
    assert (median(days), days[-(-90 * 842 // 100) - 1], days[-1]) == (14, 162, 427)

    _people_and_ways()
    for path, preset, rows in ((LEADS, "olist-leads", 8000), (DEALS, "olist-deals", 842)):
        assert counts(brought(world.workspace, path, preset=preset)) == (rows, 0, 0, rows, 0)


def _people_and_ways() -> None:
    won = Lead.objects.filter(state="won", history=True, credit_from_deals=True)
    assert (
        won.filter(telemarketer__isnull=False, closer__isnull=False, owner=F("closer"), queue=None).count()
        == 842
    )
    assert Handoff.objects.filter(history=True, state="accepted", lead__state="won").count() == 842
    assert (
        Lead.objects.filter(state="open", queue__code="telemarketer", next_task=None, owner=None).count()
        == 7158
    )
    assert StagePass.objects.filter(lead__state="won", left_at__isnull=True).count() == 0
    assert StagePass.objects.filter(lead__state="open", left_at__isnull=True).count() == 7158
    ways = Counter(StagePass.objects.filter(lead__state="won").values_list("stage__key", "outcome"))
    assert ways == {
        ("inquiry", "passed"): 842, ("qualification", "skipped"): 842, ("proposal", "skipped"): 842, ("payment", "passed"): 842,
    }  # fmt: skip


@dataclass
class Piece:
    """A random piece of both files with other column names, order, dates and dress."""

    random: random.Random
    folder: Path
    order: str = "dmy"
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with LEADS.open(encoding="utf-8", newline="") as file:
            everybody = list(csv.DictReader(file))
        with DEALS.open(encoding="utf-8", newline="") as file:
            closed = list(csv.DictReader(file))
        self.leads = self.random.sample(everybody, self.random.randint(150, 700))
        # deals of leads that are here, and some of leads that are not
        here = {lead["mql_id"] for lead in self.leads}
        ours = [deal for deal in closed if deal["mql_id"] in here]
        strangers = [deal for deal in closed if deal["mql_id"] not in here]
        self.deals = ours + self.random.sample(strangers, self.random.randint(0, 20))
        self.random.shuffle(self.deals)
        self.order = self.random.choice(["dmy", "dmy", "mdy", "ymd"])
        for row in self.leads:
            row["first_contact_date"] = self._date(
                date(2017, 6, 1) + timedelta(days=self.random.randint(0, 360)), ""
            )
        for row in self.deals:
            clock = f"{self.random.randint(0, 23):02}:{self.random.randint(0, 59):02}"
            row["won_date"] = self._date(
                date(2017, 12, 1) + timedelta(days=self.random.randint(0, 340)), clock
            )

    def _date(self, day: date, clock: str) -> str:
        text = day.strftime({"dmy": "%d-%m-%Y", "mdy": "%m/%d/%Y", "ymd": "%Y-%m-%d"}[self.order])
        return f"{text} {clock}" if clock else text

    def write(self, rows: list[dict[str, str]], name: str) -> tuple[Path, Path]:
        """The list and its mapping file."""
        columns = list(rows[0])
        self.random.shuffle(columns)
        given = {
            column: self.random.choice(
                [f"x_{column}", f"Поле {number}", column[::-1], column, column.upper()]
            )
            for number, column in enumerate(columns)
        }
        swapped = self.random.sample(columns, 2)
        if self.random.random() < 0.3:  # two columns that bear each other's name
            given[swapped[0]], given[swapped[1]] = swapped[1], swapped[0]
        path = self.folder / f"{name}.csv"
        encoding = self.random.choice(["utf-8", "utf-8-sig", "utf-16", "cp1251"])
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(
                file, delimiter=self.random.choice(",;\t|"), lineterminator=self.random.choice(["\n", "\r\n"])
            )
            writer.writerow([given[column] for column in columns])
            writer.writerows([row[column] for column in columns] for row in rows)
        turned = self.random.random() < 0.5 and not any(given[column] in columns for column in columns)
        pairs = [(given[column], column) for column in columns if given[column] != column]
        lines = [f'"{right}" = "{left}"' if turned else f'"{left}" = "{right}"' for left, right in pairs]
        mapping = self.folder / f"{name}.toml"
        mapping.write_text(
            "[columns]\n" + "\n".join(lines) + f'\n[options]\ndate_order = "{self.order}"\n', encoding="utf-8"
        )
        return path, mapping

    def recount(self) -> dict[str, Any]:
        """The same figures as `base`, from the rows alone."""
        form = {"dmy": "%d-%m-%Y", "mdy": "%m/%d/%Y", "ymd": "%Y-%m-%d"}[self.order]
        came = {row["mql_id"]: _day(row["first_contact_date"], form) for row in self.leads}
        won = {row["mql_id"]: row for row in self.deals if row["mql_id"] in came}
        days = sorted((_day(row["won_date"].split()[0], form) - came[key]).days for key, row in won.items())
        origins: dict[str | None, tuple[int, int]] = {}
        for row in self.leads:
            k, n = origins.get(row["origin"] or None, (0, 0))
            origins[row["origin"] or None] = (k + (row["mql_id"] in won), n + 1)
        return {
            "leads": len(came), "won": len(won), "telemarketers": len({row["sdr_id"] for row in won.values()}),
            "closers": len({row["sr_id"] for row in won.values()}),
            "alone": sum(row["sdr_id"] == row["sr_id"] for row in won.values()),
            "pages": len({row["landing_page_id"] for row in self.leads}), "before": sum(gap < 0 for gap in days),
            "origins": origins, "days": days,
            "revenue": sum(float(row["declared_monthly_revenue"]) > 0 for row in won.values()),
        }  # fmt: skip


@pytest.mark.shows("I2.olist", "I2.import", "S22", "S23")
@pytest.mark.parametrize("seed", range(20))
def test_a_random_piece_equals_its_recount(world: World, tmp_path: Path, seed: int) -> None:
    piece = Piece(random.Random(seed), tmp_path)
    path, mapping = piece.write(piece.leads, "leads")
    leads = brought(world.workspace, path, preset="olist-leads", map=str(mapping))
    assert counts(leads) == (len(piece.leads), len(piece.leads), 0, 0, 0)
    path, mapping = piece.write(piece.deals, "deals")
    deals = brought(world.workspace, path, preset="olist-deals", map=str(mapping))
    said = piece.recount()
    unknown = len(piece.deals) - said["won"]
    assert counts(deals) == (len(piece.deals), said["won"], 0, 0, unknown)
    assert base() == said
    here = {row["mql_id"] for row in piece.leads}
    lines = [number for number, row in enumerate(piece.deals, start=2) if row["mql_id"] not in here]
    assert [reject["line"] for reject in deals["rejects"]] == lines
    again = brought(world.workspace, path, preset="olist-deals", map=str(mapping))
    assert counts(again) == (len(piece.deals), 0, 0, said["won"], unknown)
    transaction.set_rollback(True)


def _day(text: str, form: str) -> date:
    return datetime.strptime(text, form).date()  # noqa: DTZ007  # a date has no zone
