"""Figures, sums, dates, spans and phones in both languages, to the character."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from konveyer.kit import formats

N = "\u00a0"
TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "places", "ru", "en"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (4180, 0, f"4{N}180", "4,180"),
        (1234567, 0, f"1{N}234{N}567", "1,234,567"),
        (-4180, 0, f"−4{N}180", "−4,180"),
        (Decimal("2.5"), 0, "3", "3"),
        (Decimal("-0.4"), 0, "0", "0"),
        (Decimal("1250.5"), 2, f"1{N}250,50", "1,250.50"),
        (0.1 + 0.2, 1, "0,3", "0.3"),
    ],
)
def test_number(value: Decimal, places: int, ru: str, en: str) -> None:
    assert formats.number(value, "ru", places) == ru
    assert formats.number(value, "en", places) == en


def test_percent_is_whole_under_thirty() -> None:
    assert formats.percent(Decimal("0.262"), "ru", 61) == f"26,2{N}%"
    assert formats.percent(Decimal("0.262"), "en", 61) == "26.2%"
    assert formats.percent(Decimal(2) / 7, "ru", 7) == f"29{N}%"
    assert formats.percent(Decimal("0.3"), "ru", 29) == f"30{N}%"
    assert formats.percent(Decimal("0.3"), "ru", 30) == f"30,0{N}%"


def test_sample_and_interval() -> None:
    assert formats.ratio(16, 1240, "ru") == f"16{N}/{N}1{N}240"
    assert formats.interval(Decimal("0.168"), Decimal("0.383"), "ru") == f"от{N}17 до{N}38{N}%"
    assert formats.interval(Decimal("0.168"), Decimal("0.383"), "en") == f"17 to{N}38%"


@pytest.mark.parametrize(
    ("amount", "currency", "ru", "en"),
    [
        (420000, "RUB", f"420{N}000{N}₽", f"420,000{N}₽"),
        (Decimal("1250.50"), "USD", f"1{N}250,50{N}$", "$1,250.50"),
        (Decimal("-15"), "USD", f"−15{N}$", "−$15"),
        (Decimal("99.00"), "EUR", f"99{N}€", "€99"),
        (1000, "CHF", f"1{N}000{N}CHF", f"1,000{N}CHF"),
        (1000, "KZT", f"1{N}000{N}₸", f"1,000{N}₸"),
    ],
)
def test_money(amount: Decimal, currency: str, ru: str, en: str) -> None:
    assert formats.money(amount, currency, "ru") == ru
    assert formats.money(amount, currency, "en") == en


@pytest.mark.parametrize(
    ("amount", "ru", "en"),
    [
        (1722160, f"1,72{N}млн{N}₽", f"1.72M{N}₽"),
        (28_900_000, f"28,9{N}млн{N}₽", f"28.9M{N}₽"),
        (310_000_000, f"310{N}млн{N}₽", f"310M{N}₽"),
        (2_000_000, f"2{N}млн{N}₽", f"2M{N}₽"),
        (1_500_000_000, f"1,5{N}млрд{N}₽", f"1.5B{N}₽"),
        (420_000, f"420{N}000{N}₽", f"420,000{N}₽"),
        (999_999_999, f"1{N}млрд{N}₽", f"1B{N}₽"),
    ],
)
def test_money_short(amount: int, ru: str, en: str) -> None:
    assert formats.money_short(amount, "RUB", "ru") == ru
    assert formats.money_short(amount, "RUB", "en") == en


def test_count_short_is_full_up_to_ten_thousand() -> None:
    assert formats.count_short(9999, "ru") == f"9{N}999"
    assert formats.count_short(12400, "ru") == f"12,4{N}тыс."
    assert formats.count_short(12400, "en") == "12.4K"
    assert formats.count_short(1_000_000, "ru") == f"1{N}млн"


@pytest.mark.parametrize(
    ("count", "word"),
    [
        (1, "звонок"),
        (2, "звонка"),
        (4, "звонка"),
        (5, "звонков"),
        (11, "звонков"),
        (12, "звонков"),
        (21, "звонок"),
        (112, "звонков"),
        (122, "звонка"),
    ],
)
def test_plural(count: int, word: str) -> None:
    assert formats.plural(count, "ru", ("звонок", "звонка", "звонков")) == word


def test_days() -> None:
    assert formats.day(date(2026, 11, 24), "ru", TODAY) == f"24{N}ноября"
    assert formats.day(date(2025, 3, 1), "ru", TODAY) == f"1{N}марта{N}2025"
    assert formats.day(date(2025, 3, 1), "en", TODAY) == f"1{N}March{N}2025"
    assert formats.day_short(date(2026, 5, 9), "ru", TODAY) == f"9{N}мая"
    assert formats.day_short(date(2026, 5, 9), "en", TODAY) == f"9{N}May"
    assert formats.month(date(2026, 11, 1), "ru") == f"ноябрь{N}2026"
    assert formats.weekday(TODAY, "ru") == "четверг"


def test_moment_is_a_clock_today() -> None:
    assert formats.moment(datetime(2026, 11, 26, 9, 5, tzinfo=UTC), "ru", NOW) == "9:05"
    assert formats.moment(datetime(2026, 11, 24, 16, 30, tzinfo=UTC), "ru", NOW) == f"вт,{N}24{N}ноя, 16:30"
    assert formats.moment(datetime(2026, 11, 24, 16, 30, tzinfo=UTC), "en", NOW) == f"Tue,{N}24{N}Nov, 16:30"


def test_ranges() -> None:
    assert formats.day_range(date(2026, 10, 26), date(2026, 11, 24), "ru", TODAY) == f"26{N}окт{N}– 24{N}ноя"
    assert formats.day_range(date(2026, 11, 3), date(2026, 11, 9), "ru", TODAY) == f"3–9{N}ноя"
    assert formats.day_range(TODAY, TODAY, "ru", TODAY) == f"26{N}ноя"


@pytest.mark.parametrize(
    ("span", "ru", "en"),
    [
        (timedelta(days=2, hours=3, minutes=50), f"2{N}дня{N}3{N}ч", f"2{N}days{N}3{N}h"),
        (timedelta(days=1), f"1{N}день", f"1{N}day"),
        (timedelta(hours=1, minutes=11), f"1{N}ч{N}11{N}мин", f"1{N}h{N}11{N}min"),
        (timedelta(minutes=28, seconds=40), f"28{N}мин", f"28{N}min"),
        (timedelta(minutes=6, seconds=12), f"6{N}мин{N}12{N}с", f"6{N}min{N}12{N}s"),
        (timedelta(), f"0{N}с", f"0{N}s"),
    ],
)
def test_span(span: timedelta, ru: str, en: str) -> None:
    assert formats.span(span, "ru") == ru
    assert formats.span(span, "en") == en


def test_span_short_counts_hours_up_to_two_days() -> None:
    assert formats.span_short(timedelta(hours=27), "ru") == f"27{N}ч"
    assert formats.span_short(timedelta(hours=49), "ru") == f"2{N}д"
    assert formats.span_short(timedelta(minutes=15), "en") == f"15{N}min"
    assert formats.span_short(timedelta(), "ru") == f"0{N}мин"


def test_phone() -> None:
    assert formats.phone("+73422004117", "ru") == f"+7{N}342{N}200-41-17"
    assert formats.phone("+73422004117;ext=12", "ru") == f"+7{N}342{N}200-41-17, доб.{N}12"
    assert formats.phone("+442079460958;ext=7", "en") == f"+44{N}20{N}7946{N}0958, ext.{N}7"
    assert formats.phone("спросить Марину", "ru") == "спросить Марину"


def test_file_size() -> None:
    assert formats.file_size(512, "ru") == f"512{N}Б"
    assert formats.file_size(421_888, "ru") == f"412{N}КБ"
    assert formats.file_size(1_468_006, "en") == f"1.4{N}MB"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Роман Кудрин", "РК"),
        ("Роман Андреевич Кудрин", "РК"),
        ("owner", "O"),
        ("", "?"),
        ("ООО «Кедр»", "О"),
        (f"Анна{N}Ли", "АЛ"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert formats.initials(name) == letters


def test_typeset_binds_short_words_and_units() -> None:
    assert formats.typeset("в доме № 5 и не 10 %", "ru") == f"в{N}доме №{N}5 и{N}не{N}10{N}%"
    assert formats.typeset("Москва — 420 000 ₽", "ru") == f"Москва{N}— 420{N}000{N}₽"
    assert formats.typeset("что-то за дверью", "ru") == f"что-то за{N}дверью"
    assert formats.typeset("go to it", "en") == "go to it"
