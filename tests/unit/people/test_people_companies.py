"""Company names → the key they are found again by; tax numbers with their reasons; roles from titles; cities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.people.rules.cities import city_of
from konveyer.domain.people.rules.companies import (
    TaxNumber,
    check_tax_number,
    company_key,
    has_legal_form,
    split_legal_form,
)
from konveyer.domain.people.rules.roles import buying_role

pytestmark = pytest.mark.shows("I2.new-lead", "I2.import", "S22")


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (
            [
                'ООО "Ромашка"',
                "Ромашка, ООО",
                "«Ромашка» ООО",
                "ооо ромашка",
                "О.О.О. Ромашка",
                "РОМАШКА",
                " Ромашка ",
            ],
            "ромашка",
        ),
        (['Общество с ограниченной ответственностью "Ёлка"', "ООО «ЕЛКА»", "Ёлка"], "елка"),
        (["ЗАО «Рога и Копыта»", "Рога и копыта (ЗАО)", "АО Рога  и  Копыта"], "рога и копыта"),
        (["ООО «ТД «Мир»»", "ТД Мир"], "тд мир"),
        (["ИП Кудрин Р.А.", "ИП Кудрин Р. А.", "Кудрин Р.А. ИП"], "кудрин ра"),
        (["Acme, Inc.", "Acme Inc", "ACME", "Acme LLC", "acme ltd."], "acme"),
        (["Müller Maschinenbau GmbH & Co. KG", "Müller Maschinenbau GmbH"], "müller maschinenbau"),
        (["Kudrin Sp. z o.o.", "Kudrin"], "kudrin"),
        (["Smith & Sons Ltd", "Smith & Sons"], "smith & sons"),
        (["ООО"], "ооо"),
        (["Co-op"], "co op"),
        (["«»", "  "], ""),
    ],
)
def test_one_key_for_one_firm(names: list[str], key: str) -> None:
    assert {company_key(name) for name in names} == {key}


def test_different_firms_keep_different_keys() -> None:
    names = ["СК Альфа", "УК Альфа", "Альфа", "Альфа плюс", "Альфа-Банк", "Иппон", "Аоста"]
    assert len({company_key(name) for name in names}) == len(names)


def test_legal_form_apart() -> None:
    assert split_legal_form('ООО "Ромашка"') == ("ООО", "Ромашка")
    assert split_legal_form("Acme, Inc.") == ("Inc", "Acme")
    assert split_legal_form("ООО «ТД «Мир»»") == ("ООО", "ТД «Мир»")
    assert split_legal_form("Тайга") == ("", "Тайга")
    assert [has_legal_form(one) for one in ("АО «Завод»", "завод АО", "Acme GmbH", "Тайга", "каао", "Company me")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


@given(st.text(max_size=80))
def test_a_key_is_its_own_key(name: str) -> None:
    key = company_key(name)
    assert key == key.strip()
    assert "ё" not in key
    assert "  " not in key


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("7707083893", "RU", TaxNumber("inn_company", "7707083893", "")),
        ("ИНН 7707083893", "RU", TaxNumber("inn_company", "7707083893", "")),
        ("ИНН/КПП 7707083893/773601001", "RU", TaxNumber("inn_company", "7707083893", "")),
        ("7707083893.0", "RU", TaxNumber("inn_company", "7707083893", "")),
        ("77 07 08 38 93", "RU", TaxNumber("inn_company", "7707083893", "")),
        ("500100732259", "RU", TaxNumber("inn_person", "500100732259", "")),
        ("1027700132195", "RU", TaxNumber("ogrn", "1027700132195", "")),
        ("304500116000157", "RU", TaxNumber("ogrnip", "304500116000157", "")),
        ("274062111", "RU", TaxNumber("inn_company", "0274062111", "", True)),
        ("7707083894", "RU", TaxNumber("", "", "wrong_checksum")),
        ("1027700132196", "RU", TaxNumber("", "", "wrong_checksum")),
        ("12345", "RU", TaxNumber("", "", "wrong_length")),
        ("77O7083893", "RU", TaxNumber("", "", "letters")),
        ("0000000000", "RU", TaxNumber("", "", "all_zeros")),
        ("", "RU", TaxNumber("", "", "empty")),
        ("DE136695976", "DE", TaxNumber("vat", "DE136695976", "")),
        ("136 695 976", "DE", TaxNumber("vat", "DE136695976", "")),
        ("DE136695976", "RU", TaxNumber("vat", "DE136695976", "")),
        ("DE136695977", "DE", TaxNumber("", "", "wrong_checksum")),
        ("DE13669597", "DE", TaxNumber("", "", "wrong_length")),
        ("123", "ZZ", TaxNumber("", "", "unknown_country")),
        ("123", "../x", TaxNumber("", "", "unknown_country")),
    ],
)
def test_tax_numbers(text: str, country: str, expected: TaxNumber) -> None:
    assert check_tax_number(text, country) == expected


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Генеральный директор", "director"),
        ("Директор", "director"),
        ("CEO & Founder", "director"),
        ("Managing Director", "director"),
        ("Главный врач", "director"),
        ("Помощник генерального директора", "gatekeeper"),
        ("Секретарь", "gatekeeper"),
        ("Executive Assistant", "gatekeeper"),
        ("Office manager", "gatekeeper"),
        ("Заместитель генерального директора", "decision_maker"),
        ("Коммерческий директор", "decision_maker"),
        ("Директор по маркетингу", "decision_maker"),
        ("Учредитель", "decision_maker"),
        ("CFO", "decision_maker"),
        ("Начальник отдела продаж", "head_of_department"),
        ("Руководитель отдела закупок", "head_of_department"),
        ("Head of Sales", "head_of_department"),
        ("Главный бухгалтер", "head_of_department"),
        ("Менеджер по закупкам", "influencer"),
        ("Sales Manager", "influencer"),
        ("Инженер ПТО", "influencer"),
        ("Роман", ""),
        ("", ""),
    ],
)
def test_roles(title: str, role: str) -> None:
    assert buying_role(title) == role


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("614000, Россия, г. Пермь, ул. Ленина, д. 5", "Пермь"),
        ("пермь", "Пермь"),
        ("СПб", "Санкт-Петербург"),
        ("г. Ростов-на-Дону", "Ростов-на-Дону"),
        ("г. Нижний Новгород, пл. Горького", "Нижний Новгород"),
        ("г. Лысьва", "Лысьва"),
        ("Орел", "Орёл"),
        ("г. Владимир", "Владимир"),
        ("Владимир", ""),
        ("New York, NY 10001", "New York"),
        ("Пермский край", ""),
        ("", ""),
    ],
)
def test_cities(text: str, city: str) -> None:
    assert city_of(text) == city
