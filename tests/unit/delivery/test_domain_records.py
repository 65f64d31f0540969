"""SPF, DKIM and DMARC of a domain: what is good, what does harm, and what to publish."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.delivery.rules.domain_records import REASONS, Record, dkim, dmarc, mx, spf
from konveyer.domain.delivery.rules.providers import free, provider_of

pytestmark = pytest.mark.shows("I4.mailboxes")
YANDEX = "_spf.yandex.net"


def texts(known: dict[str, str] | None = None) -> Callable[[str], list[str]]:
    """A DNS that knows these names; several records of one stand between bars."""
    return lambda name: known[name].split("|") if known and name in known else []


def of(record: Record) -> tuple[str, str]:
    assert record.reason in REASONS
    return record.state, record.reason


@pytest.mark.parametrize(
    ("text", "state", "reason"),
    [
        ("v=spf1 redirect=_spf.yandex.net", "good", "good"),
        ("v=spf1 ip4:192.0.2.1 include:_spf.yandex.net ~all", "good", "good"),
        ("v=spf1 +include:_SPF.yandex.net -all", "good", "good"),
        ("v=spf1 include:all.firm.example ~all", "good", "good"),
        ("v=spf1 include:_spf.google.com ~all", "bad", "not_ours"),
        ("v=spf1 mx ~all", "bad", "not_ours"),
        ("v=spf1 include:_spf.yandex.net +all", "bad", "open"),
        ("v=spf1 include:_spf.yandex.net all", "bad", "open"),
        ("v=spf1 include:_spf.yandex.net ~all|v=spf1 mx -all", "bad", "several"),
        ("google-site-verification=abc|v=spf10 mx", "missing", "missing"),
        ("v=spf1 include:loop.firm.example -all", "bad", "not_ours"),
        ("v=spf1 include:deep0.firm.example -all", "bad", "too_long"),
    ],
)
def test_spf_of_a_provider(text: str, state: str, reason: str) -> None:
    known = texts(
        {
            "firm.example": text,
            "all.firm.example": "v=spf1 include:_spf.yandex.net",
            "loop.firm.example": "v=spf1 include:loop.firm.example",
            **{f"deep{n}.firm.example": f"v=spf1 include:deep{n + 1}.firm.example" for n in range(30)},
        }
    )
    assert of(spf("firm.example", known, include=YANDEX, host="smtp.yandex.ru")) == (state, reason)


def test_spf_says_what_to_publish() -> None:
    nothing = spf("firm.example", texts(), include=YANDEX, host="smtp.yandex.ru")
    assert nothing.publish == "v=spf1 include:_spf.yandex.net ~all"
    other = spf(
        "firm.example", texts({"firm.example": "v=spf1 mx -all"}), include=YANDEX, host="smtp.yandex.ru"
    )
    assert other.publish == "v=spf1 include:_spf.yandex.net mx -all"
    opened = spf(
        "firm.example", texts({"firm.example": "v=spf1 mx +all"}), include="", host="mail.firm.example"
    )
    assert opened.publish == "v=spf1 mx ~all"
    own = spf("firm.example", texts(), include="", host="mail.firm.example")
    assert own.publish == "v=spf1 a:mail.firm.example ~all"


def test_spf_of_an_own_server() -> None:
    def state(text: str) -> tuple[str, str]:
        return of(spf("firm.example", texts({"firm.example": text}), include="", host="mail.firm.example"))

    assert state("v=spf1 a:mail.firm.example -all") == ("good", "good")
    assert state("v=spf1 mx -all") == ("weak", "by_address")
    assert state("v=spf1 ip4:192.0.2.1 -all") == ("weak", "by_address")
    assert state("v=spf1 -all") == ("bad", "not_ours")


@pytest.mark.parametrize(
    ("text", "state", "reason"),
    [
        ("v=DKIM1; k=rsa; t=s; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDx", "good", "good"),
        ("p=MIGfMA0G CSqGSIb3", "good", "good"),
        ("v=DKIM1; k=rsa; p=", "bad", "withdrawn"),
        ("v=DKIM1; p=%%%", "bad", "unread"),
        ("v=DKIM1; k=rsa", "missing", "missing"),
    ],
)
def test_dkim(text: str, state: str, reason: str) -> None:
    found = dkim("firm.example", texts({"mail._domainkey.firm.example": text}), selector="mail")
    assert of(found) == (state, reason)
    assert found.name == "mail._domainkey.firm.example"
    assert of(dkim("firm.example", texts(), selector="")) == ("unknown", "selector")


@pytest.mark.parametrize(
    ("text", "state", "reason"),
    [
        ("v=DMARC1; p=reject; rua=mailto:a@b.example", "good", "good"),
        ("v=DMARC1;p=quarantine", "good", "good"),
        ("v=DMARC1; p=none", "weak", "watching"),
        ("v=DMARC1; sp=reject", "bad", "unread"),
        ("v=DMARC1; p=none|v=DMARC1; p=reject", "bad", "several"),
        ("v=spf1 -all", "missing", "missing"),
    ],
)
def test_dmarc(text: str, state: str, reason: str) -> None:
    found = dmarc("firm.example", texts({"_dmarc.firm.example": text}), address="anna@firm.example")
    assert of(found) == (state, reason)
    assert (found.publish == "v=DMARC1; p=none; rua=mailto:anna@firm.example") == (
        reason in {"missing", "unread"}
    )


def test_mx() -> None:
    assert of(mx("firm.example", ["mx.yandex.net"])) == ("good", "good")
    assert of(mx("firm.example", [])) == of(mx("firm.example", ["."])) == ("bad", "no_mail")


def test_providers_are_told_by_address_and_by_who_takes_the_mail() -> None:
    assert provider_of("a@Gmail.com") == "gmail"
    assert provider_of("a@bk.ru") == "mailru"
    assert provider_of("a@firm.example", ["mx.yandex.net."]) == "yandex"
    assert provider_of("a@firm.example", ["emx.mail.ru"]) == "mailru"
    assert provider_of("a@firm.example", ["firm-example.mail.protection.outlook.com"]) == "outlook"
    assert provider_of("a@firm.example", ["aspmx.l.google.com"]) == "gmail"
    assert provider_of("a@firm.example", ["mail.firm.example"]) == "own"
    assert provider_of("a@firm.example", ["notgoogle.com", "fakemail.ru"]) == "own"
    assert free("x@ya.ru")
    assert not free("x@firm.example")


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_record_is_read(one: str, other: str) -> None:
    def known(name: str) -> list[str]:
        return [f"v=spf1 {one}", other]

    for record in (
        spf("firm.example", known, include=YANDEX, host="h.example"),
        dkim("firm.example", lambda _name: [f"p={one}"], selector="mail"),
        dmarc("firm.example", lambda _name: [f"v=DMARC1; {one}"], address="a@firm.example"),
    ):
        assert record.reason in REASONS
