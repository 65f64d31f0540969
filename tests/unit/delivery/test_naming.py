"""Who is named: in the nominative, with role, address and phone."""

import pytest

from konveyer.domain.delivery.rules.contacts import emails_in, international
from konveyer.domain.delivery.rules.letter import Named
from konveyer.domain.delivery.rules.name_forms import nominative
from tests.unit.delivery.letters import judged


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Ирине Валерьевне Соколовой", "Ирина Валерьевна Соколова"),
        ("Сергею Ивановичу", "Сергей Иванович"),
        ("Наталью Громову", "Наталья Громова"),
        ("Оксаной Дмитриевной Руденко", "Оксана Дмитриевна Руденко"),
        ("Павлу Орлову", "Павел Орлов"),
        ("Анне", "Анна"),
        ("Марией Белой", "Мария Белой"),
        ("Пахомову В.Г.", "Пахомов В.Г."),
        ("Белоусова Алина", "Алина Белоусова"),
        ("Иван Петров", "Иван Петров"),
        ("Илье Волкову", "Илья Волков"),
    ],
)
def test_names_are_put_into_the_nominative(words: str, name: str) -> None:
    assert nominative(words.split()) == (name, True)


@pytest.mark.shows("S16")
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Пишите Ирине Соколовой, она закупает: sokolova@x.example", Named("Ирина Соколова", "", "sokolova@x.example", "")),
        ("Обратитесь к начальнику отдела Пахомову В.Г. (тел. 8 (4912) 00-21-33)", Named("Пахомов В.Г.", "начальник отдела", "", "+74912002133")),
        ("Contact our head of purchasing, John Ashworth: +44 (0)20 7946 0958", Named("John Ashworth", "head of purchasing", "", "+442079460958")),
        ("Try Miguel Ferrer (Head of Customer Care), miguel@x.example", Named("Miguel Ferrer", "Head of Customer Care", "miguel@x.example", "")),
        ("Wenden Sie sich an Frau Karin Vogt (k.vogt@x.example).", Named("Karin Vogt", "", "k.vogt@x.example", "")),
        ("Not me - try procurement (at) x.example", Named("", "", "procurement@x.example", "")),
        ("Это не ко мне, это к Галине из снабжения.", Named("Галина", "", "", "")),
    ],
)  # fmt: skip
def test_a_referral_names_whom_to_ask(text: str, named: Named) -> None:
    found = judged(text)
    assert (found.verdict, found.named) == ("referral", (named,))


def test_two_people_keep_their_own_contacts() -> None:
    found = judged(
        "Продажи: пишите Марии Котовой, kotova@x.example, а деньги решает Тимур Асланов, 8 903 555 01 44."
    )
    assert found.named == (
        Named("Мария Котова", "", "kotova@x.example", ""),
        Named("Тимур Асланов", "", "", "+79035550144"),
    )


def test_a_deputy_is_named_in_an_absence_and_we_ourselves_never() -> None:
    found = judged(
        "Анна, добрый день! Я в отпуске. Меня замещает Пётр Серов, serov@x.example",
        Auto_Submitted="auto-replied",
    )
    assert (found.verdict, found.named) == ("absence", (Named("Пётр Серов", "", "serov@x.example", ""),))


def test_who_stands_in_copy_is_named_by_the_header() -> None:
    found = judged("Переслала коллеге, он в копии.", Cc="Кирилл Гаврилов <gavrilov@x.example>")
    assert found.named == (Named("Кирилл Гаврилов", "", "gavrilov@x.example", ""),)


@pytest.mark.parametrize(
    ("written", "russian", "phone"),
    [("8 903 555-01-44", True, "+79035550144"), ("8(495)0002837", True, "+74950002837"), ("+7 (917) 000-52-90", True, "+79170005290"),
     ("(202) 555-0143", False, "+12025550143"), ("07700 900417", False, "+447700900417"), ("+49 (0)30 23125 042", False, "+493023125042"), ("12345", True, "")],
)  # fmt: skip
def test_phones_in_e164(written: str, russian: bool, phone: str) -> None:
    assert international(written, russian) == phone


def test_spelt_addresses() -> None:
    assert [
        one.value for one in emails_in("anna (at) firm.ru, ivan[at]firm(dot)com, petr собака mail.ru")
    ] == ["anna@firm.ru", "ivan@firm.com", "petr@mail.ru"]
