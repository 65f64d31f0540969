"""When two records look alike: spelling in both alphabets, keys, scores."""

import pytest

from konveyer.domain.duplicates.rules.keys import keys, profile, words
from konveyer.domain.duplicates.rules.merging import differing, groups, merged
from konveyer.domain.duplicates.rules.scoring import SHOWN_FROM, SURE_FROM, Profile, score
from konveyer.domain.duplicates.rules.spelling import latin, likeness, skeleton
from konveyer.domain.people.rules.companies import company_key


@pytest.mark.shows("I3.duplicates")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ООО «Ромашка»", "Romashka LLC"),
        ("Ромашка", "Poмашка"),  # Latin P and o: R in the other alphabet is P
        ("Технолоджи", "Technology"),
        ("ЗАО Альфа-Центр", "Alpha Center"),
        ("Вектор", "Vector, Inc."),
        ("Щукин и партнёры", "Shchukin i partnery"),
        ("Северный метод", "Метод Северный"),
    ],
)
def test_one_firm_in_two_spellings_has_one_skeleton(one: str, other: str) -> None:
    assert (skeleton(company_key(one)) == skeleton(company_key(other))) == ("Poмашка" not in other)


def test_likeness_counts_shared_groups_of_letters() -> None:
    assert likeness("vektor", "vektor") == 1
    assert likeness("vektor", "") == 0
    assert 0.3 < likeness(latin("Камский крепёж"), latin("Камский крепеж плюс")) < 1
    assert likeness("romashka", "vektor") == 0


def company(name: str, **more: object) -> Profile:
    given = {"city": "", "tax_number": "", "domain": "", "points": (), **more}
    return profile(kind="company", name=company_key(name), **given)  # type: ignore[arg-type]


def person(name: str, **more: object) -> Profile:
    given = {"city": "", "tax_number": "", "domain": "", "points": (), **more}
    return profile(kind="contact", name=name, **given)  # type: ignore[arg-type]


@pytest.mark.shows("I3.duplicates")
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (company("Кама", tax_number="7707083893"), company("Кама", tax_number="RU7707083893"), (99, ("tax_number", "name"))),
        (company("Кама"), company("Kama"), (60, ("name",))),
                (company("Кама", city="Пермь"), company("Kama", city="Perm'"), (68, ("name", "city"))),
        (company("Кама", domain="kama.ru"), company("Кама", points=[("email", "info@kama.ru")]), (84, ("domain", "name"))),
        (company("Кама", points=[("email", "kama@mail.ru")]), company("Вега", points=[("email", "vega@mail.ru")]), (0, ("other_name",))),
        (company("Кама", tax_number="7707083893"), company("Кама", tax_number="7736050003"), (40, ("name", "other_tax_number"))),
        (person("кудрин роман"), person("kudrin roman"), (45, ("name",))),
        (person("кудрин роман", points=[("email", "r@kama.ru")]), person("roman kudrin", points=[("email", "r@kama.ru")]), (92, ("email", "name"))),
        (person("кудрин роман", points=[("phone", "+73422004117")]), person("ланской виктор", points=[("phone", "+73422004117")]), (45, ("phone", "other_name"))),
        (person("кудрин роман андреевич"), person("кудрин роман ильич"), (0, ("other_patronymic",))),
        (person("кудрин роман андреевич"), person("кудрин роман а"), (45, ("name",))),
        (person("кудрин роман", companies=["k"]), person("кудрин роман андреевич", companies=["k"]), (84, ("company", "name"))),
        (person("кудрин роман ильич", points=[("phone", "+7342")]), person("кудрин роман ильич", points=[("phone", "+7495")]), (45, ("full_name", "other_points"))),
        (person("кудрин роман", companies=["k"]), person("ланской виктор", companies=["k"]), (0, ("other_name",))),
    ],
)  # fmt: skip
def test_scores_say_why(one: Profile, other: Profile, expected: tuple[int, tuple[str, ...]]) -> None:
    kind = "contact" if " " in one.name else "company"
    found = score(kind, one, other)
    assert (found.score, found.reasons) == expected
    assert score(kind, other, one) == found


def test_a_number_in_the_name_tells_apart() -> None:
    one, other = company("Школа 12", city="Уфа"), company("Школа 112", city="Уфа")
    assert score("company", one, other).reasons == ("other_name",)
    assert score("company", one, company("Shkola 12")).reasons == ("name",)
    assert skeleton("Школа 100") != skeleton("Школа 1000")


@pytest.mark.shows("I3.duplicates")
def test_whoever_is_worth_a_look_shares_a_key() -> None:
    one = company("ООО «Альфа»", domain="www.alfa.ru", points=[("phone", "+73422004117")])
    two = company("Alpha LLC", points=[("email", "info@alfa.ru"), ("email", "alfa@gmail.com")])
    assert words("company", one) & words("company", two) == {"domain alfa.ru", "name alfa"}
    assert set(keys("company", one)) & set(keys("company", two))
    assert (SHOWN_FROM, SURE_FROM) == (50, 90)
    assert SHOWN_FROM <= score("company", one, two).score < SURE_FROM
    assert not set(keys("company", one)) & set(keys("contact", one)), "a company is no person"
    assert words("contact", person("+73422004117", named=False, points=[("phone", "+73422004117")])) == {
        "phone +73422004117"
    }
    assert words("contact", person("", named=False)), "never without a key"


KEPT = {"last_name": "Кудрин", "first_name": "", "patronymic": "", "city": "", "timezone": "", "language": "", "external_key": None, "history": False, "name_key": "кудрин"}  # fmt: skip


def test_the_merged_record_says_what_was_chosen_else_its_own_else_the_others() -> None:
    other = KEPT | {
        "last_name": "Kudrin",
        "first_name": "Роман",
        "city": "Пермь",
        "external_key": "7",
        "history": True,
    }
    found = merged("contact", KEPT, [other], {"last_name": "Kudrin"})
    assert (found["last_name"], found["first_name"], found["city"]) == ("Kudrin", "Роман", "Пермь")
    assert (found["external_key"], found["history"], found["name_key"]) == ("7", False, "kudrin роман")
    nameless = KEPT | {"last_name": "", "name_key": "+7342"}
    assert merged("contact", nameless, [nameless])["name_key"] == "+7342"
    assert differing("contact", [KEPT, other]) == {"last_name"}
    assert groups([(1, 2), (3, 4), (2, 5)]) == [[1, 2, 5], [3, 4]]
