"""The funnel over HTTP: figures with their ways in, periods, who sees what, the file, hostile words."""

import csv
import io
import re
from datetime import date, timedelta
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from konveyer.domain.insight.rules.periods import days_of
from konveyer.domain.leads.models import Origin
from konveyer.domain.leads.rules.lead_filter import parse
from konveyer.domain.notes.queries.lead_list import leads as listed
from tests.again import again
from tests.unit.insight.planting import Garden, day, planted
from tests.web.cast import signed_in
from tests.world import World

OPEN = re.compile(r'<a class="k-open" href="([^"]+)"[^>]*>([\d,]+)</a>')


@pytest.fixture
def garden(world: World) -> Garden:
    return again("example", partial(planted, world))


def page(garden: Garden, name: str = "Igor", **query: Any) -> str:
    answer = signed_in(garden.world, name).get(reverse("funnel"), query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def table(html: str) -> list[list[str]]:
    """The words of the table's cells, row by row."""
    body = html[html.index("<tbody") : html.index("</tbody>")]
    rows = re.findall(r"<tr.*?</tr>", body, re.S)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", row, re.S)]
        for row in rows
    ]


@pytest.mark.shows("I2.funnel", "S28", "S29")
def test_the_table_says_the_worked_example(garden: Garden) -> None:
    rows = table(page(garden))
    assert [row[:3] for row in rows] == [
        ["All leads", "9", "5"],
        ["Fair", "4", "2"],
        ["Search", "3", "2"],
        ["Unknown", "1", "0"],
        ["not stated", "1", "1"],
    ]
    assert rows[1][3:] == ["50% few 15 to\xa085%".replace("\xa0", " "), "0", "10", ""]
    assert rows[2][6].endswith("1")  # the doubtful one, with its sign


@pytest.mark.shows("I2.funnel", "S28")
@pytest.mark.parametrize(
    "query",
    [
        {"by": "origin"},
        {"by": "telemarketer", "kind": "activity"},
        {"by": "month", "period": "days", "from": "2026-03-05", "to": "2026-04-30"},
        {"by": "stage"},
    ],
)
def test_every_figure_opens_exactly_its_records(garden: Garden, query: dict[str, str]) -> None:
    html = page(garden, **query)
    found = OPEN.findall(html)
    assert len(found) > 8
    for href, figure in found:
        wanted = parse(dict(parse_qsl(urlsplit(href).query)))
        assert listed(garden.world.actor("Igor"), wanted).count == int(figure), href
    href, figure = found[-1]
    assert urlsplit(href).path == reverse("leads")
    opened = signed_in(garden.world, "Igor").get(href)
    assert opened.status_code == 200
    assert opened.content.decode().count("data-row-link") == int(figure)


@pytest.mark.shows("I2.permissions")
def test_who_may_not_see_leads_gets_figures_without_ways_in(garden: Garden) -> None:
    html = page(garden, "Lev")  # the analyst
    assert table(html)[0][:3] == ["All leads", "9", "5"]
    assert OPEN.findall(html) == []
    refused = signed_in(garden.world, "Vera").get(reverse("funnel"))  # the bookkeeper
    assert refused.status_code == 403


@pytest.mark.shows("I2.permissions")
def test_a_seller_sees_his_own_figures_and_is_told_so(garden: Garden) -> None:
    html = page(garden, "Alina")
    assert table(html)[0][:3] == ["All leads", "3", "2"]
    assert "Figures of your own leads" in html
    for href, figure in OPEN.findall(html):
        wanted = parse(dict(parse_qsl(urlsplit(href).query)))
        assert listed(garden.world.actor("Alina"), wanted).count == int(figure), href


@pytest.mark.shows("I2.funnel")
def test_names_from_a_list_of_deals_have_no_rate(garden: Garden) -> None:
    garden.lead(day("03-02"), day("03-12"), closer="Marina", from_deals=True)
    html = page(garden, by="closer")
    assert "nobody knows which leads these people lost" in html
    assert [row[:4] for row in table(html)][1:] == [
        ["Marina", "1", "1", "Known only for won leads: no rate."],
        ["not stated", "9", "5", "Known only for won leads: no rate."],
    ]


@pytest.mark.shows("S28")
def test_a_verdict_only_beyond_chance(garden: Garden) -> None:
    for number in range(40):
        garden.lead(day("03-02"), day("03-12") if number < 20 else None, origin="good")
        garden.lead(day("03-02"), None, origin="bad")
    rows = {row[0]: row[3] for row in table(page(garden))}
    assert "above the whole, not by chance" in rows["Good"]
    assert "below the whole, not by chance" in rows["Bad"]
    assert "chance" not in rows["Fair"]
    activity = page(garden, kind="activity")
    assert "not by chance" not in activity


@pytest.mark.shows("I2.funnel")
def test_the_drawing_ends_at_the_win_and_is_text_as_well(garden: Garden) -> None:
    html = page(garden)
    drawn = html[
        html.index('<ol class="k-funnel">') : html.index("</ol>", html.index('<ol class="k-funnel">'))
    ]
    labels = re.findall(r'k-funnel-l">([^<]+)<', drawn)
    assert labels == [
        "Lead generation", "First contact", "Second contact", "Meeting", "Proposal", "Contract", "Invoice", "Won",
    ]  # fmt: skip
    figures = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r'k-funnel-v">(.*?)</span>', drawn)]
    assert figures == ["9", "5", "5", "5", "5", "5", "5", "5"]
    assert "<svg" in drawn
    assert 'aria-hidden="true"' in drawn


@pytest.mark.shows("I2.funnel")
def test_an_empty_funnel_says_what_to_do(world: World) -> None:
    client = signed_in(world, "Igor")
    assert "No leads yet" in client.get(reverse("funnel")).content.decode()
    other = client.get(reverse("funnel"), {"period": "30d"}).content.decode()
    assert "No leads in this period" in other
    assert "<tbody" not in other


@pytest.mark.shows("I2.bad-input", "F26")
@pytest.mark.parametrize(
    "query",
    [
        {"by": "' or 1=1 --"}, {"kind": "x"}, {"period": "<script>"}, {"from": "31.12.2026"},
        {"period": "days", "from": "0000-00-00"}, {"by": "month", "to": "9999-12-31"}, {"from": "0001-01-01"},
    ],
)  # fmt: skip
def test_words_that_do_not_exist_break_nothing(garden: Garden, query: dict[str, str]) -> None:
    html = page(garden, **query)
    assert table(html)[0][:3] == ["All leads", "9", "5"]
    assert "<script>" not in html.replace("<script src", "")


@pytest.mark.shows("I2.bad-input")
def test_a_wrong_period_and_conveyor_are_named(garden: Garden) -> None:
    html = page(garden, **{"period": "days", "from": "2026-05-01", "to": "2026-04-01"})
    assert "The period ends before it begins" in html
    refused = signed_in(garden.world, "Igor").get(reverse("funnel"), {"conveyor": "nope"})
    assert refused.status_code == 422
    assert "There is no conveyor nope" in refused.content.decode()


@pytest.mark.shows("F26", "I2.funnel")
def test_the_file_holds_all_rows_and_runs_nothing(garden: Garden) -> None:
    Origin.objects.filter(key="fair").update(name="=HYPERLINK(1)", key="@fair")
    answer = signed_in(garden.world, "Igor").get(reverse("funnel-csv"), {"by": "origin"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="funnel-cohort-origin.csv"'
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:5] == ["Source", "Key", "Leads", "Won", "Rate"]
    assert rows[1] == [
        "'=HYPERLINK(1)", "'@fair", "4", "2", "0.500000", "0.150039", "0.849961", "0", "10", "0",
        "Fewer than 30 leads: too few to judge.",
    ]  # fmt: skip
    assert [row[2] for row in rows[1:]] == ["4", "3", "1", "1"]


@pytest.mark.shows("P7")
def test_queries_do_not_grow_with_the_base(garden: Garden) -> None:
    client = signed_in(garden.world, "Igor")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(reverse("funnel"))
        return len(seen)

    before = queries()
    for number in range(30):
        garden.lead(day("03-02"), origin=f"source {number}")
    assert queries() == before <= 30


def test_periods_are_local_days_with_both_ends_inside() -> None:
    today = date(2026, 1, 10)
    day_before = today - timedelta(days=1)
    assert days_of("month", today) == (date(2026, 1, 1), today)
    assert days_of("last_month", today) == (date(2025, 12, 1), date(2025, 12, 31))
    assert days_of("30d", today) == (date(2025, 12, 12), today)
    assert days_of("12m", today) == (date(2025, 2, 1), today)
    assert days_of("12m", date(2026, 12, 31)) == (date(2026, 1, 1), date(2026, 12, 31))
    assert days_of("year", day_before) == (date(2026, 1, 1), day_before)
    assert days_of("all", today) == (None, None)
    with pytest.raises(KeyError):
        days_of("week", today)
