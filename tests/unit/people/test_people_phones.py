"""Phones as written → E.164, extension, label, or a reason."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.people.rules.phones import Phone, e164, read_phones, region_of_phone, show_phone

pytestmark = pytest.mark.shows("I2.new-lead", "I2.import", "S22")


@pytest.mark.parametrize(
    "text",
    [
        "+7 342 200-41-17", "8 (342) 200-41-17", "83422004117", "3422004117", "73422004117", "+73422004117",
        "8-342-200-41-17", "8.342.200.41.17", "+7(342)200‑41‑17", "+7 (8342) 200-41-17", "+8 342 200 41 17",
        "тел. 8 342 200-41-17", "Phone: +7 342 200 41 17", "tel:+7-342-200-41-17", "73422004117.0",
        "８３４２２００４１１７", "\u202a+73422004117\u202c", "007 342 200-41-17", " 8\u00a0342\u00a0200\u00a041\u00a017 ",
    ],
)  # fmt: skip
def test_one_number_in_many_forms(text: str) -> None:
    assert read_phones(text) == ((Phone("+73422004117"),), ())


@pytest.mark.parametrize(
    ("text", "extension"),
    [
        ("+7 342 200-41-17 доб. 123", "123"),
        ("+7 342 200-41-17 доб 123", "123"),
        ("+7 342 200-41-17, доб.123", "123"),
        ("+7 342 200-41-17 (доб. 123)", "123"),
        ("+7 342 200-41-17 добавочный 5", "5"),
        ("+7 342 200-41-17 вн. 12", "12"),
        ("+7 342 200-41-17 внутр. 12", "12"),
        ("+7 342 200-41-17 ext 5", "5"),
        ("+7 342 200-41-17 ext. 5", "5"),
        ("+7 342 200-41-17 extension 5", "5"),
        ("+7 342 200-41-17 x5", "5"),
        ("+7 342 200-41-17 #12", "12"),
        ("+7 342 200-41-17 *12", "12"),
        ("+7 342 200-41-17,,12", "12"),
        ("tel:+73422004117;ext=12", "12"),
        ("8 342 200-41-17 доб. № 0123", "0123"),
    ],
)
def test_extensions(text: str, extension: str) -> None:
    assert read_phones(text) == ((Phone("+73422004117", extension),), ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8 342 200-41-17, 8 912 345-67-89", ["+73422004117", "+79123456789"]),
        ("8(342)2004117 8(912)3456789", ["+73422004117", "+79123456789"]),
        ("+7 342 200-41-17 +7 912 345-67-89", ["+73422004117", "+79123456789"]),
        ("8 342 200-41-17 и 8 912 345-67-89", ["+73422004117", "+79123456789"]),
        ("8 342 200-41-17; 8 342 200-41-17", ["+73422004117"]),
        ("83422004117\n89123456789/84951234567", ["+73422004117", "+79123456789", "+74951234567"]),
    ],
)
def test_several_numbers_in_a_cell(text: str, found: list[str]) -> None:
    read = read_phones(text)
    assert [phone.value for phone in read.found] == found
    assert read.refused == ()


def test_labels_and_what_stood_beside() -> None:
    assert read_phones("тел./факс: 8 342 200-41-17, моб. +7 912 345-67-89 Роман").found == (
        Phone("+73422004117", "", "fax"),
        Phone("+79123456789", "", "mobile"),
    )
    assert read_phones("раб. 8 342 200-41-17 доб. 4").found == (Phone("+73422004117", "4", "work"),)
    assert read_phones("89123456789 (Анна, вечером)").found[0].label == "Анна"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("нет", "no_digits"),
        ("-", "no_digits"),
        ("200-41-17", "too_few_digits"),
        ("112", "too_few_digits"),
        ("8 342 200-41", "too_few_digits"),
        ("+7 342 200-41", "too_few_digits"),
        ("8 342 200-41-17-99-99-99", "too_many_digits"),
        ("1" * 30, "too_many_digits"),
        ("+7 042 200-41-17", "no_such_number"),
        ("8 000 123-45-67", "no_such_number"),
        ("7,91235E+10", "scientific"),
        ("7.91235e+10", "scientific"),
        ("+7 999 999-99-99", "placeholder"),
        ("0000000000", "placeholder"),
    ],
)
def test_refusals(text: str, reason: str) -> None:
    read = read_phones(text)
    assert read.found == ()
    assert [one.reason for one in read.refused] == [reason]


def test_a_good_number_beside_a_bad_one() -> None:
    read = read_phones("8 342 200-41-17/18")
    assert [phone.value for phone in read.found] == ["+73422004117"]
    assert read.refused == (("18", "too_few_digits"),)


def test_nothing_is_not_a_refusal() -> None:
    assert read_phones("  ") == ((), ())


@pytest.mark.parametrize(
    ("text", "region", "value"),
    [
        ("+1 650 253 0000", "RU", "+16502530000"),
        ("(650) 253-0000", "US", "+16502530000"),
        ("030 123456", "DE", "+4930123456"),
        ("0049 30 123456", "RU", "+4930123456"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("+375 29 123-45-67", "RU", "+375291234567"),
        ("8 701 234 56 78", "KZ", "+77012345678"),
        ("+998 90 123 45 67", "RU", "+998901234567"),
    ],
)
def test_other_countries(text: str, region: str, value: str) -> None:
    assert [phone.value for phone in read_phones(text, region).found] == [value]


def test_shown() -> None:
    assert show_phone("+73422004117") == "+7 342 200-41-17"
    assert show_phone("+73422004117", "123") == "+7 342 200-41-17 доб. 123"
    assert show_phone("+73422004117", "123", "en") == "+7 342 200-41-17 ext. 123"
    assert show_phone("+16502530000") == "+1 650-253-0000"
    assert show_phone("spam") == "spam"
    assert (region_of_phone("+73422004117"), region_of_phone("+77012345678"), region_of_phone("x")) == (
        "RU",
        "KZ",
        "",
    )


@given(st.sampled_from([7, 1, 44, 49, 375, 380, 998, 55, 33, 800]), st.integers(10**6, 10**11 - 1))
def test_the_short_way_agrees_with_the_library(code: int, national: int) -> None:
    """Numbering plans are matched directly for speed; the library's own answer must be the same."""
    text = f"+{code}{national}"
    number = phonenumbers.PhoneNumber(country_code=code, national_number=national)
    value, _ = e164(text, "GB")
    if phonenumbers.is_valid_number(number) and len(set(str(national)[-10:])) > 1:
        assert value == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    elif value:
        assert phonenumbers.is_valid_number(phonenumbers.parse(text, None))


@given(st.from_regex(r"\+7[3489][0-9]{9}", fullmatch=True))
def test_what_is_shown_is_read_back(value: str) -> None:
    read = read_phones(value)
    if read.found:
        shown = show_phone(read.found[0].value, "12")
        assert read_phones(shown).found == (Phone(read.found[0].value, "12"),)


@given(st.text(max_size=100))
def test_any_text_gives_an_answer(text: str) -> None:
    for phone in read_phones(text).found:
        assert phone.value[0] == "+"
        assert phone.value[1:].isascii()
        assert 8 <= len(phone.value) <= 16
