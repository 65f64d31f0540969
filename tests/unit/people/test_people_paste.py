"""Pasted text → the draft of a new lead, compared in full: what is not named here must stay empty."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.people.rules.draft import Draft
from konveyer.domain.people.rules.paste import LONGEST, read_pasted

pytestmark = pytest.mark.shows("I2.new-lead", "S22")

# phones: the number, or (number, extension, label); refused: (text, reason)
CASES: list[tuple[str, dict[str, Any]]] = [
    ("+7 342 200-41-17", {"phones": ["+73422004117"]}),
    ("8 (912) 345-67-89", {"phones": ["+79123456789"]}),
    ("89123456789 Роман", {"first": "Роман", "name_certainty": "likely", "phones": ["+79123456789"]}),
    ("8 342 200-41-17 доб. 123", {"phones": [("+73422004117", "123", "")]}),
    ("200-41-17", {"note": "200-41-17"}),
    ("roman@kudrin.ru", {"emails": ["roman@kudrin.ru"]}),
    (
        "Кудрин Роман Андреевич",
        {"last": "Кудрин", "first": "Роман", "patronymic": "Андреевич", "name_certainty": "sure"},
    ),
    ("Роман Кудрин", {"last": "Кудрин", "first": "Роман", "name_certainty": "likely"}),
    ("Роман", {"first": "Роман", "name_certainty": "likely"}),
    ("Kudrin, Roman", {"last": "Kudrin", "first": "Roman", "name_certainty": "sure"}),
    (
        "Иванов И.И. 8-912-345-67-89",
        {
            "last": "Иванов",
            "first": "И.",
            "patronymic": "И.",
            "name_certainty": "sure",
            "phones": ["+79123456789"],
        },
    ),
    (
        "Роман Кудрин +7 912 345-67-89 roman@kudrin.ru",
        {
            "last": "Кудрин",
            "first": "Роман",
            "name_certainty": "likely",
            "phones": ["+79123456789"],
            "emails": ["roman@kudrin.ru"],
        },
    ),
    (
        "Кудрин Роман, директор, ООО «Ромашка», Пермь, +7 342 200-41-17",
        {
            "last": "Кудрин",
            "first": "Роман",
            "name_certainty": "likely",
            "company": "ООО «Ромашка»",
            "title": "директор",
            "buying_role": "director",
            "phones": ["+73422004117"],
            "city": "Пермь",
        },
    ),
    ("@roman_k", {"handles": [("telegram", "roman_k")]}),
    ("t.me/roman_k", {"handles": [("telegram", "roman_k")]}),
    ("https://wa.me/79123456789", {"handles": [("whatsapp", "+79123456789")]}),
    ("ООО «Ромашка»", {"company": "ООО «Ромашка»"}),
    ("ромашка.рф", {"website": "ромашка.рф"}),
    ("https://www.kudrin.ru/about?utm=1", {"website": "kudrin.ru/about"}),
    ("ИНН 7707083893", {"tax_number": "7707083893"}),
    (
        "С уважением,\nРоман Кудрин\nКоммерческий директор\nООО «Ромашка»\nТел.: +7 (342) 200-41-17, доб. 123\nМоб.: +7 912 345-67-89\nE-mail: roman@romashka.ru\nwww.romashka.ru",
        {
            "last": "Кудрин",
            "first": "Роман",
            "name_certainty": "likely",
            "company": "ООО «Ромашка»",
            "title": "Коммерческий директор",
            "buying_role": "decision_maker",
            "phones": [("+73422004117", "123", ""), ("+79123456789", "", "mobile")],
            "emails": ["roman@romashka.ru"],
            "website": "romashka.ru",
        },
    ),
    (
        "--\nС уважением, Анна Петрова\nменеджер по закупкам | АО «Завод»\nт. 8 (495) 123-45-67 (доб. 12)\nanna.petrova@zavod.ru | zavod.ru\n115035, г. Москва, ул. Садовническая, д. 5",
        {
            "last": "Петрова",
            "first": "Анна",
            "name_certainty": "likely",
            "company": "АО «Завод»",
            "title": "менеджер по закупкам",
            "buying_role": "influencer",
            "phones": [("+74951234567", "12", "")],
            "emails": ["anna.petrova@zavod.ru"],
            "website": "zavod.ru",
            "city": "Москва",
            "note": "115035, г. Москва, ул. Садовническая, д. 5",
        },
    ),
    (
        "Best regards,\nJohn F. Kennedy\nHead of Sales\nAcme Inc.\nM: +1 650 253 0000\nE: john@acme.com\nW: www.acme.com",
        {
            "last": "Kennedy",
            "first": "John F.",
            "name_certainty": "likely",
            "company": "Acme Inc.",
            "title": "Head of Sales",
            "buying_role": "head_of_department",
            "phones": ["+16502530000"],
            "emails": ["john@acme.com"],
            "website": "acme.com",
        },
    ),
    (
        "Kind regards\nJürgen Müller\nGeschäftsführer\nMüller Maschinenbau GmbH & Co. KG\nTel. +49 30 123456-0\nFax +49 30 123457\nBerlin",
        {
            "last": "Müller",
            "first": "Jürgen",
            "name_certainty": "likely",
            "company": "Müller Maschinenbau GmbH & Co. KG",
            "title": "Geschäftsführer",
            "buying_role": "director",
            "phones": ["+49301234560", ("+4930123457", "", "fax")],
            "city": "Berlin",
        },
    ),
    (
        "Mit freundlichen Grüßen\nAnna-Maria Schmidt\nHead of Marketing at Siemens AG\nanna.schmidt@siemens.com",
        {
            "last": "Schmidt",
            "first": "Anna-Maria",
            "name_certainty": "likely",
            "company": "Siemens AG",
            "title": "Head of Marketing",
            "buying_role": "head_of_department",
            "emails": ["anna.schmidt@siemens.com"],
        },
    ),
    (
        "Roman Kudrin <roman@kudrin.ru>",
        {"last": "Kudrin", "first": "Roman", "name_certainty": "likely", "emails": ["roman@kudrin.ru"]},
    ),
    (
        "From: Roman Kudrin <roman@kudrin.ru>\nSubject: Demo",
        {
            "last": "Kudrin",
            "first": "Roman",
            "name_certainty": "likely",
            "emails": ["roman@kudrin.ru"],
            "note": "Demo",
        },
    ),
    (
        "От: Роман Кудрин <roman@kudrin.ru>\nКому: info@firma.ru\nТема: Заявка",
        {
            "last": "Кудрин",
            "first": "Роман",
            "name_certainty": "likely",
            "emails": ["roman@kudrin.ru", "info@firma.ru"],
            "note": "Заявка",
        },
    ),
    (
        "Имя: Роман\nТелефон: 8 912 345 67 89\nE-mail: r@k.ru\nКомпания: Ромашка\nКомментарий: перезвоните после 18:00",
        {
            "first": "Роман",
            "name_certainty": "likely",
            "company": "Ромашка",
            "phones": ["+79123456789"],
            "emails": ["r@k.ru"],
            "note": "перезвоните после 18:00",
        },
    ),
    (
        'ФИО: Кудрин Роман Андреевич\nДолжность: директор\nОрганизация: ООО "Ромашка"\nИНН: 7707083893\nГород: пермь',
        {
            "last": "Кудрин",
            "first": "Роман",
            "patronymic": "Андреевич",
            "name_certainty": "sure",
            "company": 'ООО "Ромашка"',
            "title": "директор",
            "buying_role": "director",
            "city": "Пермь",
            "tax_number": "7707083893",
        },
    ),
    (
        "Name: John Smith\nPhone: +44 20 7946 0958\nCompany: Smith & Sons Ltd\nJob title: Owner\nCity: London",
        {
            "last": "Smith",
            "first": "John",
            "name_certainty": "likely",
            "company": "Smith & Sons Ltd",
            "title": "Owner",
            "buying_role": "decision_maker",
            "phones": ["+442079460958"],
            "city": "London",
        },
    ),
    (
        "Кудрин Роман\t+7 912 345-67-89\tr@k.ru\tООО «Ромашка»\tдиректор\tПермь",
        {
            "last": "Кудрин",
            "first": "Роман",
            "name_certainty": "likely",
            "company": "ООО «Ромашка»",
            "title": "директор",
            "buying_role": "director",
            "phones": ["+79123456789"],
            "emails": ["r@k.ru"],
            "city": "Пермь",
        },
    ),
    (
        "Кудрин\tРоман\tАндреевич\t89123456789\tРомашка\tr@k.ru",
        {
            "last": "Кудрин",
            "first": "Роман",
            "patronymic": "Андреевич",
            "name_certainty": "likely",
            "company": "Ромашка",
            "phones": ["+79123456789"],
            "emails": ["r@k.ru"],
        },
    ),
    (
        "12\t26.02.2024\tАнна Петрова\t+7 912 345-67-89\tновая\t420 000 ₽",
        {
            "last": "Петрова",
            "first": "Анна",
            "name_certainty": "likely",
            "phones": ["+79123456789"],
            "note": "12\n26.02.2024\nновая\n420 000 ₽",
        },
    ),
    (
        "ФИО\tТелефон\tКомпания\nКудрин Роман\t8 912 345 67 89\tРомашка\nПетрова Анна\t8 912 345 67 90\tЛютик",
        {
            "last": "Кудрин",
            "first": "Роман",
            "name_certainty": "likely",
            "company": "Ромашка",
            "phones": ["+79123456789"],
            "more_rows": 1,
        },
    ),
    (
        "Name\tPhone\tEmail\nJohn Smith\t+44 20 7946 0958\tjohn@x.com",
        {
            "last": "Smith",
            "first": "John",
            "name_certainty": "likely",
            "phones": ["+442079460958"],
            "emails": ["john@x.com"],
        },
    ),
    (
        "\t\tРоман\t\t+7 912 345-67-89",
        {"first": "Роман", "name_certainty": "likely", "phones": ["+79123456789"]},
    ),
    (
        '"ООО ""Ромашка"""\t"Кудрин Роман"\t8 912 345 67 89',
        {
            "last": "Кудрин",
            "first": "Роман",
            "name_certainty": "likely",
            "company": 'ООО "Ромашка"',
            "phones": ["+79123456789"],
        },
    ),
    (
        "BEGIN:VCARD\nVERSION:3.0\nN:Кудрин;Роман;;;\nFN:Роман Кудрин\nORG:ООО Ромашка;Отдел продаж\nTITLE:Директор\nTEL;TYPE=CELL:+79123456789\nEMAIL:r@k.ru\nURL:https://romashka.ru\nEND:VCARD",
        {
            "last": "Кудрин",
            "first": "Роман",
            "name_certainty": "likely",
            "company": "ООО Ромашка, Отдел продаж",
            "title": "Директор",
            "buying_role": "director",
            "phones": [("+79123456789", "", "mobile")],
            "emails": ["r@k.ru"],
            "website": "romashka.ru",
        },
    ),
    (
        "Добрый день! Меня зовут Роман, перезвоните мне 8 912 345 67 89",
        {
            "first": "Роман",
            "name_certainty": "likely",
            "phones": ["+79123456789"],
            "note": "Добрый день! Меня зовут Роман\nперезвоните мне",
        },
    ),
    ("перезвоните пожалуйста", {"note": "перезвоните пожалуйста"}),
    (
        "Мария Ильинична, главный бухгалтер ООО «Лютик», 8-800-555-35-35 доб. 4",
        {
            "first": "Мария",
            "patronymic": "Ильинична",
            "name_certainty": "sure",
            "company": "ООО «Лютик»",
            "title": "главный бухгалтер",
            "buying_role": "head_of_department",
            "phones": [("+78005553535", "4", "")],
        },
    ),
    (
        "Директор ООО «Ромашка» Кудрин Роман Андреевич",
        {
            "last": "Кудрин",
            "first": "Роман",
            "patronymic": "Андреевич",
            "name_certainty": "sure",
            "company": "ООО «Ромашка»",
            "title": "Директор",
            "buying_role": "director",
        },
    ),
    (
        "ИП Кудрин Роман Андреевич\nИНН 500100732259\n+7 912 345-67-89",
        {
            "last": "Кудрин",
            "first": "Роман",
            "patronymic": "Андреевич",
            "name_certainty": "sure",
            "company": "ИП Кудрин Роман Андреевич",
            "phones": ["+79123456789"],
            "tax_number": "500100732259",
        },
    ),
    (
        "Алиев Гейдар Алирза оглы, +7 912 345-67-89",
        {
            "last": "Алиев",
            "first": "Гейдар",
            "patronymic": "Алирза оглы",
            "name_certainty": "sure",
            "phones": ["+79123456789"],
        },
    ),
    (
        "тел. 8 (342) 200-41-17, 8 (342) 200-41-18, факс 200-41-19",
        {"phones": ["+73422004117", "+73422004118"], "refused": [("факс 200-41-19", "too_few_digits")]},
    ),
    (
        "моб +7 912 345 67 89, WhatsApp +7 912 345 67 90, Telegram @roman_k",
        {
            "phones": [("+79123456789", "", "mobile"), "+79123456790"],
            "handles": [("telegram", "roman_k"), ("whatsapp", "+79123456790")],
        },
    ),
    (
        "Roman Kudrin\nCEO & Founder, Acme\nroman@acme.io\nacme.io",
        {
            "last": "Kudrin",
            "first": "Roman",
            "name_certainty": "likely",
            "company": "Acme",
            "title": "CEO & Founder",
            "buying_role": "director",
            "emails": ["roman@acme.io"],
            "website": "acme.io",
        },
    ),
    (
        "Роман Кудрин / Ромашка / 89123456789",
        {
            "last": "Кудрин",
            "first": "Роман",
            "name_certainty": "likely",
            "company": "Ромашка",
            "phones": ["+79123456789"],
        },
    ),
    (
        "Роман Кудрин | директор | ООО Ромашка | +7 912 345-67-89",
        {
            "last": "Кудрин",
            "first": "Роман",
            "name_certainty": "likely",
            "company": "ООО Ромашка",
            "title": "директор",
            "buying_role": "director",
            "phones": ["+79123456789"],
        },
    ),
    ("7912345678", {"refused": [("7912345678", "no_such_number")]}),
    ("+7 999 999-99-99 test", {"note": "test", "refused": [("+7 999 999-99-99", "placeholder")]}),
    ("rоman@mail.ru", {"refused": [("rоman@mail.ru", "cyrillic_letter")]}),
    ("roman@yandex,ru", {"refused": [("roman@yandex,ru", "comma_in_domain")]}),
    ("<script>alert(1)</script>", {"note": "script>alert(1)</script"}),
    ("'; DROP TABLE lead; --", {"company": "DROP TABLE lead", "note": "'"}),
    ("=cmd|' /C calc'!A0", {"note": "cmd\n' /C calc'!A0"}),
    ("{{7*7}} ${7*7}", {"note": "{{7*7}} ${7*7}"}),
    ("\u202eкуда\u202c\x00 Роман", {"last": "куда", "first": "Роман", "name_certainty": "likely"}),
    ("<img src=x onerror=alert(1)> Роман Кудрин", {"note": "img src=x onerror=alert(1)> Роман Кудрин"}),
    (":::::", {}),
    ("Роман\r\nКудрин\r\n", {"last": "Кудрин", "first": "Роман", "name_certainty": "likely"}),
    (
        "😀 Роман Кудрин 😀 89123456789",
        {"last": "Кудрин", "first": "Роман", "name_certainty": "likely", "phones": ["+79123456789"]},
    ),
    ("1 234 567 890 123 456", {"refused": [("1 234 567 890 123 456", "too_many_digits")]}),
    ("4276 1234 5678 9012", {"refused": [("4276 1234 5678 9012", "too_many_digits")]}),
    ("2024-02-26 19:58 звонок", {"note": "2024-02-26 19:58 звонок"}),
    ("р/с 40702810500000000001 БИК 044525225 ООО «Ромашка»", {"company": "ООО «Ромашка»"}),
    ("Отправлено с iPhone", {}),
    ("г. Пермь, ул. Ленина, д. 5, офис 12", {"city": "Пермь", "note": "г. Пермь, ул. Ленина, д. 5, офис 12"}),
    ("vk.com/romashka  instagram.com/romashka", {"handles": [("vk", "romashka")]}),
    ("Анна\n89123456789", {"first": "Анна", "name_certainty": "likely", "phones": ["+79123456789"]}),
    (
        "anna.petrova@gmail.com 8 912 345 67 89",
        {"phones": ["+79123456789"], "emails": ["anna.petrova@gmail.com"]},
    ),
    (
        "Petrov Ivan, Gazprom, +7 495 123 45 67",
        {
            "last": "Petrov",
            "first": "Ivan",
            "name_certainty": "likely",
            "company": "Gazprom",
            "phones": ["+74951234567"],
        },
    ),
    (
        "Иванова Мария (секретарь) 8 342 200-41-17 вн. 0",
        {
            "last": "Иванова",
            "first": "Мария",
            "name_certainty": "likely",
            "title": "секретарь",
            "buying_role": "gatekeeper",
            "phones": [("+73422004117", "0", "")],
        },
    ),
    ("roman@kudrin.ru, anna@kudrin.ru", {"emails": ["roman@kudrin.ru", "anna@kudrin.ru"]}),
    (
        "Ряб. О. 8 912 345-67-89",
        {"last": "Ряб.", "first": "О.", "name_certainty": "sure", "phones": ["+79123456789"]},
    ),
    (
        '"Кудрин Роман" <r@k.ru>',
        {"last": "Кудрин", "first": "Роман", "name_certainty": "likely", "emails": ["r@k.ru"]},
    ),
    ("8-912-345-67-89\n8-912-345-67-90", {"phones": ["+79123456789", "+79123456790"]}),
    ("tel:+79123456789", {"phones": ["+79123456789"]}),
    ("www.romashka.ru", {"website": "romashka.ru"}),
    ("Ромашка", {"company": "Ромашка"}),
    (
        "Анна Петрова\nРуководитель отдела закупок\nЗавод «Прогресс»\n8 (342) 200-41-17 доб. 205\nзакупки@прогресс.рф",
        {
            "last": "Петрова",
            "first": "Анна",
            "name_certainty": "likely",
            "company": "Завод «Прогресс»",
            "title": "Руководитель отдела закупок",
            "buying_role": "head_of_department",
            "phones": [("+73422004117", "205", "")],
            "emails": ["закупки@прогресс.рф"],
        },
    ),
    (
        "Dr. Hans-Peter Schulz\nManaging Director\nSchulz Consulting\nTel: +49 89 1234567 ext. 12",
        {
            "last": "Schulz",
            "first": "Hans-Peter",
            "name_certainty": "likely",
            "company": "Schulz Consulting",
            "title": "Managing Director",
            "buying_role": "director",
            "phones": [("+49891234567", "12", "")],
        },
    ),
    (
        'Кудрин Р.А. / ООО "Ромашка" / r@k.ru',
        {
            "last": "Кудрин",
            "first": "Р.",
            "patronymic": "А.",
            "name_certainty": "sure",
            "company": 'ООО "Ромашка"',
            "emails": ["r@k.ru"],
        },
    ),
    ("whatsapp: +7 912 345-67-89", {"phones": ["+79123456789"], "handles": [("whatsapp", "+79123456789")]}),
    ("Тг: @roman_k", {"handles": [("telegram", "roman_k")]}),
    (
        "Роман Кудрин\nг. Пермь\n+7 912 345-67-89",
        {
            "last": "Кудрин",
            "first": "Роман",
            "name_certainty": "likely",
            "phones": ["+79123456789"],
            "city": "Пермь",
        },
    ),
    (
        "Компания: Acme\nContact: Kudrin, Roman\nTel: +1 650 253 0000",
        {
            "last": "Kudrin",
            "first": "Roman",
            "name_certainty": "sure",
            "company": "Acme",
            "phones": ["+16502530000"],
        },
    ),
    (
        "Roman Kudrin, Head of Sales at Acme, roman@acme.com",
        {
            "last": "Kudrin",
            "first": "Roman",
            "name_certainty": "likely",
            "company": "Acme",
            "title": "Head of Sales",
            "buying_role": "head_of_department",
            "emails": ["roman@acme.com"],
        },
    ),
    (
        "Кудрин Роман Андреевич;+7 912 345-67-89;r@k.ru",
        {
            "last": "Кудрин",
            "first": "Роман",
            "patronymic": "Андреевич",
            "name_certainty": "sure",
            "phones": ["+79123456789"],
            "emails": ["r@k.ru"],
        },
    ),
    (
        "ООО «Ромашка», ИНН 7707083894",
        {"company": "ООО «Ромашка»", "refused": [("ИНН 7707083894", "wrong_checksum")]},
    ),
    ("+7 912 345-67-89, +7 912 345-67-89", {"phones": ["+79123456789"]}),
    ("салон «Лютик» 8 342 200-41-17", {"company": "салон «Лютик»", "phones": ["+73422004117"]}),
    (
        "Ёлкина Алёна\xa0Игоревна\xa08\xa0912\xa0345\xa067\xa089",
        {
            "last": "Ёлкина",
            "first": "Алёна",
            "patronymic": "Игоревна",
            "name_certainty": "sure",
            "phones": ["+79123456789"],
        },
    ),
    (
        "Phone\tName\n+44 20 7946 0958\tJohn Smith\n+44 20 7946 0959\tAnn Lee\n+44 20 7946 0960\tBob Ray",
        {
            "last": "Smith",
            "first": "John",
            "name_certainty": "likely",
            "phones": ["+442079460958"],
            "more_rows": 2,
        },
    ),
    ("Отправлено из мобильной Почты Mail.ru", {}),
]


def plain(draft: Draft) -> dict[str, Any]:
    """The parts that differ from an empty draft."""
    empty = asdict(Draft())
    filled = {name: value for name, value in asdict(draft).items() if value != empty[name]}
    if "phones" in filled:
        filled["phones"] = [
            tuple(one.values()) if one["extension"] or one["label"] else one["value"]
            for one in filled["phones"]
        ]
    if "refused" in filled:
        filled["refused"] = [tuple(one) for one in filled["refused"]]
    return filled


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[repr(text)[:40] for text, _ in CASES])
def test_pasted(text: str, expected: dict[str, Any]) -> None:
    assert plain(read_pasted(text)) == expected


def test_there_are_enough_cases() -> None:
    assert len({text for text, _ in CASES}) >= 60


def test_a_word_after_telegram_is_no_handle() -> None:
    assert read_pasted("Telegram Роман, tg Roman Kudrin").handles == []
    assert read_pasted("telegram: roman_k, @anna_k").handles == [
        ("telegram", "roman_k"),
        ("telegram", "anna_k"),
    ]


def test_emptiness() -> None:
    assert read_pasted("").empty
    assert read_pasted("перезвоните пожалуйста").empty
    assert not read_pasted("Роман").empty


def test_another_country() -> None:
    assert read_pasted("Tel. 030 123456", region="DE").phones[0].value == "+4930123456"


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "@" * 50_000, "+7" * 50_000, "a@" * 20_000, "8 912 " * 20_000, "(" * 50_000, "«" * 50_000,
     "a." * 50_000, "1-" * 50_000, "\t" * 50_000, "тел " * 20_000, "А. " * 30_000, "www." * 20_000, "\"" * 50_001],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_no_input_takes_long(text: str) -> None:
    """Patterns that go back over their input turn seconds into hours: the time limit of a test would end it."""
    draft = read_pasted(text)
    assert len(draft.note) <= LONGEST
    assert len(draft.company) <= 300


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    draft = read_pasted(text)
    for value in (
        draft.last,
        draft.first,
        draft.patronymic,
        draft.company,
        draft.title,
        draft.city,
        draft.note,
    ):
        assert "\0" not in value
        value.encode()
    assert max(len(draft.last), len(draft.first), len(draft.patronymic), len(draft.city)) <= 120


@given(
    st.permutations(
        ["Кудрин Роман Андреевич", "+7 912 345-67-89", "r@kudrin.ru", "ООО «Ромашка»", "директор", "Пермь"]
    ),
    st.sampled_from(["\t", "\n", " | ", ", "]),
)
def test_the_order_of_parts_does_not_matter(parts: list[str], between: str) -> None:
    assert plain(read_pasted(between.join(parts))) == {
        "last": "Кудрин",
        "first": "Роман",
        "patronymic": "Андреевич",
        "name_certainty": "sure",
        "company": "ООО «Ромашка»",
        "title": "директор",
        "buying_role": "director",
        "phones": ["+79123456789"],
        "emails": ["r@kudrin.ru"],
        "city": "Пермь",
    }
