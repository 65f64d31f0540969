"""Addresses as written → one stored form, or a reason."""

from __future__ import annotations

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.people.rules.emails import (
    check_email,
    company_domain,
    domain_of,
    is_free_mail,
    is_role_address,
    read_emails,
)

pytestmark = pytest.mark.shows("I2.new-lead", "I2.import", "S22")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Roman@Kudrin.RU", ["roman@kudrin.ru"]),
        (" roman.kudrin+crm@sub.kudrin.co.uk ", ["roman.kudrin+crm@sub.kudrin.co.uk"]),
        ("mailto:a@b.ru", ["a@b.ru"]),
        ("E-mail: a@b.ru", ["a@b.ru"]),
        ("почта: a@b.ru.", ["a@b.ru"]),
        ("Roman Kudrin <r@k.ru>", ["r@k.ru"]),
        ("Roman <r@k.ru>; anna@x.ru", ["r@k.ru", "anna@x.ru"]),
        ("a@b.ru, c@d.ru;e@f.ru g@h.ru a@b.ru", ["a@b.ru", "c@d.ru", "e@f.ru", "g@h.ru"]),
        ("a@b.ru/c@d.ru", ["a@b.ru", "c@d.ru"]),
        ("roman@x.ru (личная)", ["roman@x.ru"]),
        ("иван@почта.рф", ["иван@почта.рф"]),
        ("ivan@xn--80a1acny.xn--p1ai", ["ivan@почта.рф"]),
        ("Иван@Почта.РФ", ["иван@почта.рф"]),
        ("ro\u200bman@kudrin.ru", ["roman@kudrin.ru"]),
        ("o'neil@x.com", ["o'neil@x.com"]),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert read_emails(text) == (tuple(found), ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("просто текст", "no_at"),
        ("roman.kudrin.ru", "no_at"),
        ("a@@b.ru", "several_at"),
        ("@b.ru", "nothing_before_at"),
        ("a@", "no_domain"),
        ("a@b", "no_dot_in_domain"),
        ("a@yandex,ru", "comma_in_domain"),
        ("a b@c.ru", "space_inside"),
        ("rоman@mail.ru", "cyrillic_letter"),
        ("roman@mаil.ru", "cyrillic_letter"),
        ("a@b.local", "not_on_the_internet"),
        ("a@example.test", "not_on_the_internet"),
        ("x" * 65 + "@a.ru", "too_long"),
        ("a@" + "b" * 64 + ".ru", "bad_domain"),
        ("a@b..ru", "bad_domain"),
        ("a@-b.ru", "bad_domain"),
        ("a..b@c.ru", "bad_character"),
        ("a(b@c.ru", "bad_character"),
        ("a\r\nBcc: x@y.ru", "space_inside"),
    ],
)
def test_refused(text: str, reason: str) -> None:
    assert check_email(text) == ("", reason)


def test_a_good_address_beside_a_bad_one() -> None:
    assert read_emails("a@b.ru, c@d") == (("a@b.ru",), (("c@d", "no_dot_in_domain"),))
    assert read_emails("  ") == ((), ())


def test_domains() -> None:
    assert domain_of("a@Kudrin.ru") == "kudrin.ru"
    assert is_free_mail("a@gmail.com")
    assert is_free_mail("mail.ru")
    assert not is_free_mail("a@kudrin.ru")
    assert (company_domain("a@yandex.ru"), company_domain("a@kudrin.ru")) == ("", "kudrin.ru")


def test_shared_mailboxes() -> None:
    shared = ["info@a.ru", "Sales@a.ru", "zakaz1@a.ru", "buh_2@a.ru", "no-reply@a.ru"]
    assert [is_role_address(one) for one in shared] == [True] * 5
    assert [is_role_address(one) for one in ["roman@a.ru", "informal@a.ru", "anna.info@a.ru"]] == [False] * 3


@given(st.from_regex(r"[a-z0-9_+\-.]{1,20}@[a-z0-9\-.]{1,20}\.[a-z]{2,6}", fullmatch=True))
def test_the_short_way_accepts_nothing_that_the_library_refuses(address: str) -> None:
    try:
        known = validate_email(address, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        known = ""
    stripped = address.strip(".")
    if stripped == address:
        assert check_email(address)[0] == known


@given(st.text(max_size=60))
def test_any_text_gives_an_answer_that_stays(text: str) -> None:
    for address in read_emails(text).found:
        assert check_email(address) == (address, "")
