"""F26: hostile words in every column, and what shows, sends and exports them; database language in every filter."""

import csv
import io
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any
from unittest.mock import patch

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction
from openpyxl import load_workbook

from konveyer.kit import tenancy
from tests.hostile import CLOSED, TAG, spoil
from tests.web.permissions.asking import Ask, ask
from tests.web.permissions.house import House
from tests.web.permissions.matrix import Address, Row, addresses, rows
from tests.web.permissions.strange import heard

WHO = "owner"
IN_A_LINK = re.compile(r"(?:href|src|action|formaction|hx-\w+)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE)
RUN = tuple("=+-@\t\r＝＋－＠")
NUMBER = re.compile(r"[-+]?[\d\s.,]+%?")
LISTS = ("companies", "people", "leads")
# Ends a text, a name and a comment of PostgreSQL, a pattern, a format of Python, and asks for a second command.
SQL = "1'\"\\`$$;*/--%s%(a)s{0}\\x27 or 1=1; drop table lead"


@pytest.fixture
def spoilt(house: House) -> Iterator[House]:
    """The house with hostile words everywhere, for one test."""
    house.ready(WHO)
    house.browser(WHO)
    with transaction.atomic():
        with tenancy.enter(house.firm.workspace.pk), connection.cursor() as cursor:
            found = spoil(cursor, closed=CLOSED)
        assert len(found) > 55
        yield house
        transaction.set_rollback(True)


@pytest.mark.shows("F26", "I2.hostile")
def test_no_screen_lets_a_word_become_a_tag_or_a_link(spoilt: House) -> None:
    wrong, shown = [], 0
    for row, address, good in _pages():
        with spoilt.asked(row, address, _ask(spoilt, row, address, good), WHO, kept=0) as answer:
            if "html" not in answer.headers.get("Content-Type", "") or answer.streaming:
                continue
            text = answer.content.decode()
            assert answer.status_code < 500, row.key
            shown += "&lt;img src=x" in text
            if TAG in text:
                wrong.append(f"{row.key}: …{text[max(0, text.index(TAG) - 120) :][:200]}…")
            wrong += [f"{row.key}: {found}" for found in IN_A_LINK.findall(text)]
    assert not wrong, "\n".join(wrong)
    assert shown > 60


@pytest.mark.shows("F26", "I2.hostile")
def test_no_file_that_goes_out_holds_a_formula(spoilt: House) -> None:
    seen = {}
    for url in [
        *(f"/base/lists/{name}.{kind}" for name in LISTS for kind in ("csv", "xlsx")),
        *(f"/funnel/table.csv?by={by}" for by in ("stage", "origin", "owner")),
        f"/imports/{spoilt.firm.own[WHO].batch_id}/rejects/",
    ]:
        content = _taken_out(spoilt, url)
        cells = list(_of_book(content) if "xlsx" in url else _of_text(content))
        seen[url] = sum("<img src=x" in cell for cell in cells)
    assert all(seen[f"/base/lists/{name}.{kind}"] for name in LISTS for kind in ("csv", "xlsx")), seen


def _taken_out(house: House, url: str) -> bytes:
    with transaction.atomic():
        answer = house.browser(WHO).get(url)
        assert answer.status_code == 200, url
        content: bytes = answer.getvalue()
        transaction.set_rollback(True)
    return content


def _of_text(content: bytes) -> Iterator[str]:
    """Cells of a CSV: a spreadsheet runs what begins like a formula."""
    text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    first = text.partition("\n")[0]
    for line in csv.reader(io.StringIO(text), delimiter=max(";,\t", key=first.count)):
        for cell in line:
            assert not cell.startswith(RUN) or NUMBER.fullmatch(cell), cell
            yield cell


def _of_book(content: bytes) -> Iterator[str]:
    """Cells of an XLSX: a spreadsheet runs what is stored as a formula, whatever texts begin with."""
    for sheet in load_workbook(io.BytesIO(content)):
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f", cell.value
                if isinstance(cell.value, str):
                    yield cell.value


@pytest.mark.shows("F26", "I2.hostile")
@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_no_name_becomes_a_header_of_a_letter(house: House, breaks: str) -> None:
    house.ready(WHO)
    words = f"North{breaks}Bcc: all@evil.example{breaks}{breaks}<b>"
    letters: list[EmailMessage] = []
    browser = house.browser(WHO)  # whoever signs in below is signed out when that is undone
    with transaction.atomic(), patch("konveyer.web.setup.invitations.post", letters.append):
        with tenancy.enter(house.firm.workspace.pk), connection.cursor() as cursor:
            cursor.execute("update workspace set name = %s", [words])
            cursor.execute("update member set name = %s", [words])
        body = {"email": "new@matrix.example", "name": words, "role_ids": [house.firm.roles["closer"].pk]}
        with house.sent(browser, "POST", "/setup/invitations/new/", Ask({}, body=body, form=True)) as answer:
            refused = answer.status_code
        if not letters:
            body["name"] = "New"
            with house.sent(
                browser, "POST", "/setup/invitations/new/", Ask({}, body=body, form=True)
            ) as answer:
                assert (refused, answer.status_code) == (422, 200)
        transaction.set_rollback(True)
    (letter,) = letters
    raw = letter.message().as_bytes()
    assert set(_headers(raw)) == {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID",
    }  # fmt: skip
    assert "\n" not in letter.subject
    assert letter.recipients() == ["new@matrix.example"]


def _headers(raw: bytes) -> Message:
    return message_from_bytes(raw)


@pytest.mark.shows("F26", "I2.hostile")
@pytest.mark.parametrize(
    "address", ["a@b.example\nBcc: all@evil.example", "a@b.example\r\n\r\nx", "a@b.example,c@d.example"]
)
def test_no_address_becomes_two(house: House, address: str) -> None:
    house.ready(WHO)
    letters: list[EmailMessage] = []
    body = {"email": address, "name": "New", "role_ids": [house.firm.roles["closer"].pk]}
    with patch("konveyer.web.setup.invitations.post", letters.append):
        with house.sent(
            house.browser(WHO), "POST", "/setup/invitations/new/", Ask({}, body=body, form=True)
        ) as one:
            assert one.status_code == 422
        with house.sent(house.program(WHO), "POST", "/api/v1/invitations", Ask({}, body=body)) as one:
            assert one.status_code == 422
    assert letters == []


@pytest.mark.shows("F26", "I2.hostile", "I2.bad-input")
def test_every_filter_and_order_of_a_screen_is_a_value_to_the_database(house: House) -> None:
    house.ready(WHO)
    wrong, asked = [], 0
    for row, address, good in _pages():
        names: set[str] = set()
        filled = _ask(house, row, address, good)
        with heard(names), house.asked(row, address, filled, WHO, kept=0):
            pass
        for name in sorted(names | filled.query.keys()):
            bad = Ask(filled.args, {**filled.query, name: SQL})
            with house.asked(row, address, bad, WHO, kept=0) as answer:
                asked += 1
                if answer.status_code >= 500:
                    wrong.append(f"{row.key} {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert not house.changed()
    assert asked > 150


def _pages() -> Iterator[tuple[Row, Address, Any]]:
    for row in rows():
        if not row.api and row.method == "GET":
            yield row, addresses()[row.address], None


def _ask(house: House, row: Row, address: Address, good: Any) -> Ask:
    return ask(row, address, house.firm, house.firm.own[WHO], WHO)
