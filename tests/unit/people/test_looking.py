"""What is typed into the search field, before the index is asked."""

import pytest

from konveyer.domain.people.rules.looking import Asked, look


@pytest.mark.shows("I2.search")
@pytest.mark.parametrize(
    ("text", "words", "begun", "firm"),
    [
        ("Камский крепёж", ("камский", "крепеж"), (), "камский крепеж"),
        ('ООО "Камский крепёж"', ("камский", "крепеж"), (), "камский крепеж"),
        ("ооо", ("ооо",), (), "ооо"),
        ("кудрин р", ("кудрин",), ("р",), "кудрин р"),
        ("  КУДРИН   Роман ", ("кудрин", "роман"), (), "кудрин роман"),
        ("Ростов-на-Дону", ("ростов", "дону"), ("на",), "ростов на дону"),
        ("кудрин кудрин", ("кудрин",), (), "кудрин кудрин"),
        ("a b c d e f g h i j", (), tuple("abcdefgh"), "a b c d e f g h i j"),
    ],
)  # fmt: skip
def test_words(text: str, words: tuple[str, ...], begun: tuple[str, ...], firm: str) -> None:
    asked = look(text)
    assert (asked.words, asked.begun, asked.firm) == (words, begun, firm)
    assert not asked.pointed


@pytest.mark.shows("I2.search")
@pytest.mark.parametrize(
    ("text", "phones", "tail"),
    [
        ("+7 342 200-41-17", ("+73422004117",), ""),
        ("8 (342) 200-41-17", ("+73422004117",), ""),
        ("73422004117", ("+73422004117",), ""),
        ("8 342 200", ("+7342200", "+8342200"), "8342200"),
        ("200-41-17", ("+72004117", "+2004117"), "2004117"),
        ("4117", ("+74117", "+4117"), "4117"),
        ("+49 30 90", ("+493090",), ""),
        ("117", (), ""),
        ("41-17 доб", (), ""),
    ],
)
def test_phones_in_any_form(text: str, phones: tuple[str, ...], tail: str) -> None:
    asked = look(text)
    assert (asked.phones, asked.tail) == (phones, tail)


@pytest.mark.shows("I2.search")
@pytest.mark.parametrize(
    ("text", "mail", "domain"),
    [
        ("R.Kudrin@Kama", "r.kudrin@kama", ""),
        ("@kama-krepezh", "", "kama-krepezh"),
        ("kama.example", "", "kama.example"),
        ("kama.", "", "kama."),
        ("kama", "", ""),
        ("a b@c", "", ""),
    ],
)
def test_addresses_and_domains(text: str, mail: str, domain: str) -> None:
    asked = look(text)
    assert (asked.mail, asked.domain) == (mail, domain)


@pytest.mark.shows("F26")
@pytest.mark.parametrize("text", ["", "   ", "«»\"'", "()&|!:*", "\0\x01\x1b", "@", "🙂", "\\'\\"])
def test_nothing_to_look_for(text: str) -> None:
    assert look(text).nothing


@pytest.mark.shows("F26", "I2.bad-input")
@pytest.mark.parametrize("text", ["а" * 10_000, "'; drop table lead; -- " * 500, "к:* & !м | (", "a\0b"])
def test_hostile_text_becomes_plain_words(text: str) -> None:
    asked = look(text)
    assert len(asked.words) + len(asked.begun) <= 8
    assert all(word.isalnum() and len(word) <= 200 for word in (*asked.words, *asked.begun))
    assert asked != Asked()
