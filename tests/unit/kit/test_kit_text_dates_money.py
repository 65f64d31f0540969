"""Sort keys, dates and sums as they stand in cells."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.kit.dates import ReadDate, in_zone, read_date
from konveyer.kit.money import ReadAmount, allocate, places_of, read_amount
from konveyer.kit.text import search_words, sort_key

pytestmark = pytest.mark.shows("I2.import", "S23")


def test_sort_keys() -> None:
    assert sort_key("  Ёлкин \n Пётр ") == "елкин петр"
    assert sort_key("й") == sort_key("и\u0306")
    assert sorted(["Абрамов", "ёлкин", "Ёж", "Жуков", "еремин"], key=sort_key) == [
        "Абрамов", "Ёж", "ёлкин", "еремин", "Жуков",
    ]  # fmt: skip
    assert search_words("Ёлкин, ООО «Ель-1» ель") == ("елкин", "ооо", "ель", "1")
    assert search_words(" -- ") == ()


@given(st.text(max_size=50))
def test_a_sort_key_stays_itself_in_most_texts(text: str) -> None:
    assert sort_key(sort_key(text)).strip() == sort_key(sort_key(text))
    assert "ё" not in sort_key(text)


def local(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  # a cell names no zone


@pytest.mark.parametrize(
    ("text", "order", "value", "precision"),
    [
        ("26-02-2018 19:58", "dmy", local(2018, 2, 26, 19, 58), "minute"),
        ("01-02-2018", "dmy", date(2018, 2, 1), "day"),
        ("01-02-2018", "mdy", date(2018, 1, 2), "day"),
        ("02/26/2018 7:58 PM", "mdy", local(2018, 2, 26, 19, 58), "minute"),
        ("02/26/2018 12:05 a.m.", "mdy", local(2018, 2, 26, 0, 5), "minute"),
        ("26.02.18", "dmy", date(2018, 2, 26), "day"),
        ("26.02.98", "dmy", date(1998, 2, 26), "day"),
        ("18-02-26", "ymd", date(2018, 2, 26), "day"),
        ("2018-02-26", "dmy", date(2018, 2, 26), "day"),
        ("2018/2/6", "mdy", date(2018, 2, 6), "day"),
        ("26.02.2018", "ymd", date(2018, 2, 26), "day"),
        ("2018-02-26T19:58:01", "dmy", local(2018, 2, 26, 19, 58, 1), "second"),
        ("2018-02-26 19:58:01.250", "dmy", local(2018, 2, 26, 19, 58, 1), "second"),
        ("2018-02-26T19:58:01Z", "dmy", datetime(2018, 2, 26, 19, 58, 1, tzinfo=UTC), "second"),
        (
            "2018-02-26T19:58+03:00", "dmy",
            datetime(2018, 2, 26, 19, 58, tzinfo=timezone(timedelta(hours=3))), "minute",
        ),
        ("2018-02-26 24:00", "dmy", local(2018, 2, 27, 0, 0), "minute"),
        ("20180226", "dmy", date(2018, 2, 26), "day"),
        ("26.02.2018 г.", "dmy", date(2018, 2, 26), "day"),
        ("26 февраля 2018 г.", "dmy", date(2018, 2, 26), "day"),
        ("26 фев. 2018 в 19:58", "dmy", local(2018, 2, 26, 19, 58), "minute"),
        ("понедельник, 26 февраля 2018", "dmy", date(2018, 2, 26), "day"),
        ("26-Feb-18", "dmy", date(2018, 2, 26), "day"),
        ("Feb 26, 2018", "dmy", date(2018, 2, 26), "day"),
        ("Monday, February 26th, 2018 7:58 PM", "dmy", local(2018, 2, 26, 19, 58), "minute"),
        ("43157", "dmy", date(2018, 2, 26), "day"),
        ("43157.832", "dmy", local(2018, 2, 26, 19, 58, 5), "second"),
        ("43157,5", "dmy", local(2018, 2, 26, 12, 0), "minute"),
        ("1519675081", "dmy", datetime(2018, 2, 26, 19, 58, 1, tzinfo=UTC), "second"),
        ("1519675081000", "dmy", datetime(2018, 2, 26, 19, 58, 1, tzinfo=UTC), "second"),
        ("29.02.2024", "dmy", date(2024, 2, 29), "day"),
        ("  1.2.2018\u00a0 9:05 ", "dmy", local(2018, 2, 1, 9, 5), "minute"),
    ],
)  # fmt: skip
def test_dates(text: str, order: str, value: date, precision: str) -> None:
    assert read_date(text, order) == ReadDate(value, precision, "")


@pytest.mark.parametrize(
    ("text", "order", "reason"),
    [
        ("", "dmy", "empty"),
        ("  ", "dmy", "empty"),
        ("вчера", "dmy", "no_date"),
        ("26.02", "dmy", "no_date"),
        ("+7 912 345-67-89", "dmy", "no_date"),
        ("12345", "dmy", "no_date"),
        ("26 чего-то 2018", "dmy", "no_date"),
        ("26 февраля", "dmy", "no_year"),
        ("31.02.2018", "dmy", "impossible_day"),
        ("29.02.2023", "dmy", "impossible_day"),
        ("00.02.2018", "dmy", "impossible_day"),
        ("32.02.2018", "dmy", "impossible_day"),
        ("31.13.2018", "dmy", "impossible_month"),
        ("2018-00-10", "dmy", "impossible_month"),
        ("02/26/2018", "dmy", "other_order"),
        ("26/02/2018", "mdy", "other_order"),
        ("26.02.2018 25:00", "dmy", "impossible_time"),
        ("26.02.2018 19:60", "dmy", "impossible_time"),
        ("26.02.2018 13:00 PM", "dmy", "impossible_time"),
        ("26.02.0018", "dmy", "year_out_of_range"),
        ("26.02.2218", "dmy", "year_out_of_range"),
        ("26.02.201", "dmy", "no_date"),
    ],
)
def test_dates_refused(text: str, order: str, reason: str) -> None:
    assert read_date(text, order) == ReadDate(None, "", reason)


def test_zones_move_moments_and_not_days() -> None:
    assert in_zone(date(2018, 2, 26), "Asia/Vladivostok") == date(2018, 2, 26)
    assert in_zone(local(2018, 2, 26, 3, 0), "Europe/Moscow") == datetime(2018, 2, 26, 0, 0, tzinfo=UTC)
    aware = datetime(2018, 2, 26, 3, 0, tzinfo=timezone(timedelta(hours=5)))
    assert in_zone(aware, "Europe/Moscow") == datetime(2018, 2, 25, 22, 0, tzinfo=UTC)
    # Berlin: 2:30 on 31 March 2024 was skipped, 2:30 on 27 October came twice
    assert in_zone(local(2024, 3, 31, 2, 30), "Europe/Berlin") == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)
    assert in_zone(local(2024, 10, 27, 2, 30), "Europe/Berlin") == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)


@given(
    st.datetimes(min_value=local(1970, 1, 1), max_value=local(2069, 12, 31)),
    st.sampled_from(["dmy", "mdy", "ymd"]),
    st.sampled_from(["-", ".", "/"]),
    st.booleans(),
    st.sampled_from(["", " %H:%M", " %H:%M:%S", "T%H:%M:%S"]),
)
def test_a_written_date_is_read_back(
    moment: datetime, order: str, sign: str, short: bool, clock: str
) -> None:
    year = "%y" if short else "%Y"
    pattern = sign.join({"d": "%d", "m": "%m", "y": year}[letter] for letter in order)
    read = read_date(moment.strftime(pattern + clock), order)
    if not clock:
        assert read == ReadDate(moment.date(), "day", "")
    else:
        seconds = "%S" in clock
        exact = moment.replace(microsecond=0, second=moment.second if seconds else 0)
        assert read == ReadDate(exact, "second" if seconds else "minute", "")


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_has_a_reason(text: str) -> None:
    read = read_date(text)
    assert (read.value is None) == bool(read.reason)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("420 000,00 ₽", "420000.00", "RUB"),
        ("420\u00a0000\u202f₽", "420000", "RUB"),
        ("420000", "420000", ""),
        ("1.234,56", "1234.56", ""),
        ("1,234.56", "1234.56", ""),
        ("1.234.567,8", "1234567.8", ""),
        ("$1,234,567.89", "1234567.89", "USD"),
        ("1234.5 EUR", "1234.5", "EUR"),
        ("€ 15", "15", "EUR"),
        ("£0.99", "0.99", "GBP"),
        ("R$ 1.234,56", "1234.56", "BRL"),
        ("12,34,567 INR", "1234567", "INR"),
        ("1'234.50 CHF", "1234.50", "CHF"),
        ("1’234.50", "1234.50", ""),
        ("15 руб.", "15", "RUB"),
        ("15 р.", "15", "RUB"),
        ("15р", "15", "RUB"),
        ("15 рублей", "15", "RUB"),
        ("120 тыс. руб.", "120000", "RUB"),
        ("120 т.р.", "120000", "RUB"),
        ("1,5 млн ₽", "1500000", "RUB"),
        ("$2.5k", "2500", "USD"),
        ("-1 200,50", "-1200.50", ""),
        ("\u22121200", "-1200", ""),
        ("(1 200,50)", "-1200.50", ""),
        ("1200-", "-1200", ""),
        ("15.-", "15", ""),
        ("1,234", "1234", ""),
        ("0,234", "0.234", ""),
        ("12,5", "12.5", ""),
        (",5", None, "not_a_number"),
        ("1.5.2", None, "not_a_number"),
        ("12 34", None, "not_a_number"),
        ("100 000 - 200 000", None, "several_numbers"),
        ("от 5 до 7 руб", None, "several_numbers"),
        ("нет", None, "no_digits"),
        ("5 яблок", None, "not_a_number"),
        ("", None, "empty"),
    ],
)
def test_sums(text: str, amount: str | None, currency: str) -> None:
    read = read_amount(text)
    if amount is None:
        assert (read.amount, read.reason) == (None, currency)
    else:
        assert read == ReadAmount(Decimal(amount), currency, "")


def test_one_sign_before_three_digits() -> None:
    assert read_amount("1,234", decimal_comma=True).amount == Decimal("1.234")
    assert read_amount("1,234", decimal_comma=False).amount == Decimal(1234)
    assert read_amount("1.234", decimal_comma=True).amount == Decimal(1234)
    assert read_amount("1.234", decimal_comma=False).amount == Decimal("1.234")


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False),
    st.sampled_from([(" ", ","), ("\u00a0", ","), (".", ","), (",", "."), ("", "."), ("", ","), ("'", ".")]),
)
def test_a_written_sum_is_read_back(amount: Decimal, signs: tuple[str, str]) -> None:
    grouping, decimal = signs
    text = f"{amount:,.2f}".replace(",", "g").replace(".", decimal).replace("g", grouping)
    assert read_amount(text).amount == amount


@given(st.text(max_size=40))
def test_any_text_is_a_sum_or_has_a_reason(text: str) -> None:
    read = read_amount(text)
    assert (read.amount is None) == bool(read.reason)


def test_parts_of_a_whole() -> None:
    assert allocate(Decimal("100.00"), [1, 1, 1]) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert allocate(Decimal("-0.05"), [1, 1]) == [Decimal("-0.03"), Decimal("-0.02")]
    assert allocate(Decimal("10.00"), [0, 3, 1]) == [Decimal("0.00"), Decimal("7.50"), Decimal("2.50")]
    assert allocate(Decimal("0.03"), [0, 0]) == [Decimal("0.02"), Decimal("0.01")]
    assert allocate(Decimal(7), [1, 2], places=0) == [Decimal(2), Decimal(5)]
    for total, weights in ((Decimal(1), []), (Decimal(1), [-1, 2]), (Decimal("0.001"), [1])):
        with pytest.raises(ValueError):
            allocate(total, weights)
    assert (places_of("RUB"), places_of("JPY"), places_of("")) == (2, 0, 2)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=20),
)
def test_parts_sum_to_the_whole_and_are_fair(total: Decimal, weights: list[int]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        share = total * weight / whole if whole else total / len(weights)
        assert abs(part - share) < Decimal("0.01")
