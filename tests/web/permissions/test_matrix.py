"""Every address × role × whose record: the code that docs/permissions.toml says, and nothing changed by a refusal."""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from tests.web.permissions import of_api, of_screens
from tests.web.permissions.asking import ask
from tests.web.permissions.firm import Records
from tests.web.permissions.house import House
from tests.web.permissions.matrix import METHODS, ROLES, Row, addresses, codes, document, rows


@pytest.mark.shows("I2.permissions", "F25")
def test_every_address_has_a_row_and_every_row_an_address() -> None:
    there, known = addresses(), {row.address for row in rows()}
    assert sorted(set(there) - known) == [], "addresses that docs/permissions.toml does not speak of"
    assert sorted(known - set(there)) == [], "rows without an address"
    of_the_api = {f"{method} {name}" for name, found in there.items() for method in found.methods}
    said = {f"{row.method} {row.address}" for row in rows() if row.api}
    assert of_the_api == said


@pytest.mark.shows("I2.permissions", "F25")
def test_the_file_is_whole() -> None:
    for rule in document()["rules"]:
        for role in ROLES:
            codes(rule, role)
    used = {row.rule for row in rows()}
    assert used == set(document()["rules"])
    for part, of in (("screens", of_screens), ("api", of_api)):
        for table in (of.BODY, of.QUERY):
            keys = {key for key in table if key.partition(" ")[0] in METHODS}
            assert keys <= set(document()[part]), "asked, but in no row"


@pytest.mark.shows("I2.permissions", "F25")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_what_the_file_says(house: House, role: str) -> None:
    house.ready(role)
    wrong, refusals = [], []
    for row in rows():
        for whose, code in codes(row.rule, role).items():
            one = Question(
                row, whose, house.firm.of(role, whose), row.done if code == "ok" else int(code), role
            )
            wrong += answered(house, one, refused=code != "ok")
            refusals += [one] if code != "ok" else []
    assert not wrong, "\n".join(wrong)
    assert_unchanged(house, refusals)


@pytest.mark.shows("I2.permissions", "F25")
def test_who_is_not_signed_in_gets_nowhere(house: House) -> None:
    house.ready("owner")
    asked = [Question(row, "", house.firm.of("owner", "own"), row.stranger, None) for row in rows()]
    wrong = [text for one in asked for text in answered(house, one, refused=one.row.rule != "open")]
    assert not wrong, "\n".join(wrong)
    assert_unchanged(house, [one for one in asked if one.row.rule != "open"])


@dataclass(frozen=True)
class Question:
    """One request and the code that it must have."""

    row: Row
    whose: str
    records: Records
    code: int
    role: str | None

    def __str__(self) -> str:
        return f"{self.row.key} ({self.whose})"


def answered(house: House, one: Question, *, refused: bool) -> list[str]:
    """Ask; what is wrong with the answer."""
    address = addresses()[one.row.address]
    asked = ask(one.row, address, house.firm, one.records, one.role or "owner")
    with house.asked(one.row, address, asked, one.role, kept=one.code if refused else 0) as answer:
        if answer.status_code != one.code:
            return [f"{one}: {answer.status_code} instead of {one.code}"]
        if one.role and not refused and one.code < 400:
            house.settled()
        if one.role is None and one.row.to_sign_in:
            to = answer.headers.get("Location", "")
            return [] if to.startswith(reverse("account_login")) else [f"{one}: led to {to}"]
    return []


def assert_unchanged(house: House, refusals: list[Question]) -> None:
    """The database is as it was before them; if not, which one left what."""
    if not house.changed():
        return
    guilty = []
    for one in refusals:
        house.before = house.state()
        answered(house, one, refused=True)
        guilty += [f"{one}: changed {table}" for table in house.changed()]
    raise AssertionError("\n".join(guilty) or "refusals changed something that they do not change again")
