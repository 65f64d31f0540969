"""Names in every order → last, first, patronymic, and how sure that is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.people.rules.names import PersonName, show_name, split_name

pytestmark = pytest.mark.shows("I2.new-lead", "I2.import")


@pytest.mark.parametrize(
    ("text", "last", "first", "patronymic", "certainty"),
    [
        ("Кудрин Роман Андреевич", "Кудрин", "Роман", "Андреевич", "sure"),
        ("Роман Андреевич Кудрин", "Кудрин", "Роман", "Андреевич", "sure"),
        ("Roman Kudrin", "Kudrin", "Roman", "", "likely"),
        ("Kudrin Roman", "Kudrin", "Roman", "", "likely"),
        ("Kudrin, Roman", "Kudrin", "Roman", "", "sure"),
        ("Kudrin, Roman Andreevich", "Kudrin", "Roman", "Andreevich", "sure"),
        ("Kudrin Roman Andreevich", "Kudrin", "Roman", "Andreevich", "sure"),
        ("Ряб. О.", "Ряб.", "О.", "", "sure"),
        ("Иванов И.И.", "Иванов", "И.", "И.", "sure"),
        ("И.И. Иванов", "Иванов", "И.", "И.", "sure"),
        ("И. И. Иванов", "Иванов", "И.", "И.", "sure"),
        ("Р.А.Кудрин", "Кудрин", "Р.", "А.", "sure"),
        ("Иванов ИИ", "Иванов", "И.", "И.", "sure"),
        ("Кудрин Роман А.", "Кудрин", "Роман", "А.", "likely"),
        ("John F. Kennedy", "Kennedy", "John F.", "", "likely"),
        ("J. R. R. Tolkien", "Tolkien", "J. R. R.", "", "sure"),
        ("Салтыков-Щедрин Михаил Евграфович", "Салтыков-Щедрин", "Михаил", "Евграфович", "sure"),
        ("Салтыков - Щедрин Михаил", "Салтыков-Щедрин", "Михаил", "", "likely"),
        ("Анна-Мария Петрова", "Петрова", "Анна-Мария", "", "likely"),
        ("Алиев Гейдар Алирза оглы", "Алиев", "Гейдар", "Алирза оглы", "sure"),
        ("Мамедова Лейла Гейдар кызы", "Мамедова", "Лейла", "Гейдар кызы", "sure"),
        ("Гейдар Алирза оглы", "", "Гейдар", "Алирза оглы", "sure"),
        ("Абрамович Роман Аркадьевич", "Абрамович", "Роман", "Аркадьевич", "sure"),
        ("Роман Аркадьевич Абрамович", "Абрамович", "Роман", "Аркадьевич", "sure"),
        ("Роман Андреевич", "", "Роман", "Андреевич", "sure"),
        ("Мария Ильинична", "", "Мария", "Ильинична", "sure"),
        ("Анна Петрова", "Петрова", "Анна", "", "likely"),
        ("Петрова Анна", "Петрова", "Анна", "", "likely"),
        ("Сергеев Сергей", "Сергеев", "Сергей", "", "likely"),
        ("Ёлкина Алёна", "Ёлкина", "Алёна", "", "likely"),
        ("Тер-Петросян Левон", "Тер-Петросян", "Левон", "", "likely"),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig", "", "likely"),
        ("фон Бисмарк Отто", "фон Бисмарк", "Отто", "", "likely"),
        ("José da Silva", "da Silva", "José", "", "likely"),
        ("García Márquez Gabriel", "García Márquez", "Gabriel", "", "likely"),
        ("Роман", "", "Роман", "", "likely"),
        ("Кудрин", "Кудрин", "", "", "likely"),
        ("Гульчачак", "", "Гульчачак", "", "guess"),
        ("Ким Ен Су", "Ким", "Ен", "Су", "guess"),
        ("Xi Jinping", "Jinping", "Xi", "", "guess"),
        ("КУДРИН РОМАН", "Кудрин", "Роман", "", "likely"),
        ("роман кудрин", "Кудрин", "Роман", "", "likely"),
        ("САЛТЫКОВ-ЩЕДРИН М.Е.", "Салтыков-Щедрин", "М.", "Е.", "sure"),
        ("Иванова (Петрова) Анна", "Иванова", "Анна", "", "likely"),
        ("Иванов Иван Иванович, к.э.н.", "Иванов", "Иван", "Иванович", "sure"),
        ("O'Neil, Shaquille", "O'Neil", "Shaquille", "", "sure"),
        ("  ", "", "", "", "guess"),
        ("12345", "", "", "", "guess"),
        ("—", "", "", "", "guess"),
    ],
)
def test_split(text: str, last: str, first: str, patronymic: str, certainty: str) -> None:
    assert split_name(text) == PersonName(last, first, patronymic, "", certainty)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("г-н Петров", PersonName("Петров", "", "", "г-н", "likely")),
        ("Mr. John F. Kennedy Jr.", PersonName("Kennedy", "John F.", "", "Mr.", "likely")),
        ("Prof. Dr. Anna Schmidt", PersonName("Schmidt", "Anna", "", "Prof. Dr.", "likely")),
        ("Доктор Хаус", PersonName("Хаус", "", "", "Доктор", "guess")),
        ("Уважаемый Роман Андреевич", PersonName("", "Роман", "Андреевич", "Уважаемый", "sure")),
    ],
)
def test_honorifics(text: str, expected: PersonName) -> None:
    assert split_name(text) == expected


@pytest.mark.parametrize(
    ("language", "style", "shown"),
    [
        ("ru", "full", "Кудрин Роман Андреевич"),
        ("en", "full", "Роман Кудрин"),
        ("ru", "polite", "Роман Андреевич"),
        ("en", "polite", "Роман"),
        ("ru", "initials", "Кудрин Р. А."),
        ("en", "initials", "Р. Кудрин"),
    ],
)
def test_shown(language: str, style: str, shown: str) -> None:
    assert show_name("Кудрин", "Роман", "Андреевич", language, style) == shown


def test_shown_with_gaps() -> None:
    assert show_name("", "Роман", "Андреевич") == "Роман Андреевич"
    assert show_name("Кудрин", "", "", "ru", "polite") == "Кудрин"
    assert show_name("Кудрин", "", "", "ru", "initials") == "Кудрин"
    assert show_name("", "", "") == ""


WORDS = [
    "Кудрин", "Роман", "Андреевич", "Абрамович", "Анна", "Петрова", "Ким", "Доктор", "Оглы", "Smith", "John", "Van",
    "Prof", "Kudrin", "Andreevich", "Гульчачак", "Салтыков",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=3))
def test_the_short_way_gives_the_same_name(words: list[str]) -> None:
    """Two spaces between words take the long way."""
    assert split_name(" ".join(words)) == split_name("  ".join(words))


@given(st.text(alphabet="абвгдеёжзиклмнопрстуАБВГДЕЁИКОР abcdefDEF.,-'()оглы", max_size=60))
def test_no_letter_is_lost_or_invented(text: str) -> None:
    """Letters outside brackets come back, whatever the order; titles and degrees aside."""
    name = split_name(text)
    given_letters = sorted(sign.casefold() for sign in text if sign.isalpha())
    kept = sorted(
        sign.casefold()
        for sign in name.last + name.first + name.patronymic + name.honorific
        if sign.isalpha()
    )
    assert len(kept) <= len(given_letters)
    if not set("()[]") & set(text) and not name.honorific and len(text.split()) < 2:
        assert kept == given_letters
