"""Trying mailboxes out against servers that really answer: every failure is told apart."""

from collections.abc import Callable
from contextlib import ExitStack

import pytest

from konveyer.adapters.mail_servers import DnsNames, MailServers, talking
from konveyer.domain.delivery.ports import Door, NoAnswer
from konveyer.domain.delivery.rules.steps import FAILURES, Step
from tests.mail_server import PASSWORD, Manners, certificate, closed_port, naming, serving

pytestmark = pytest.mark.shows("I4.mailboxes")
ADDRESS = "anna@north.example"
SMTP_OFFERS = ("AUTH PLAIN LOGIN",)
Trying = Callable[..., list[Step]]


@pytest.fixture
def trying(tmp_path_factory: pytest.TempPathFactory) -> Trying:
    """Try a server with these manners out; the client says how it is spoken to."""
    folder = str(tmp_path_factory.getbasetemp())

    def attempt(
        kind: str,
        manners: Manners,
        *,
        security: str = "",
        host: str = "127.0.0.1",
        trusted: str = "localhost",
        port: int = 0,
    ) -> list[Step]:
        server_tls, trusting = certificate(folder)
        if trusted != "localhost":
            trusting = certificate(folder, trusted)[1]
        with ExitStack() as stack:
            open_port = port or stack.enter_context(serving(kind, manners, server_tls))
            servers = MailServers(private=True, tls=trusting)
            door = Door(host, open_port, security or manners.security, ADDRESS, PASSWORD)
            return servers.try_sending(door, ADDRESS) if kind == "smtp" else servers.try_reading(door)

    return attempt


def last(steps: list[Step]) -> tuple[str, str]:
    return steps[-1].step, steps[-1].failure


@pytest.mark.parametrize("security", ["none", "tls", "starttls"])
@pytest.mark.parametrize("kind", ["smtp", "imap"])
def test_every_way_in_works(trying: Trying, kind: str, security: str) -> None:
    manners = Manners(security=security)
    steps = trying(kind, manners)
    assert [step.failure for step in steps] == [""] * 5
    assert last(steps) == ("sender" if kind == "smtp" else "folders", "")
    heard = " ".join(manners.heard).upper()
    assert not [
        word for word in ("RCPT", "DATA", "SELECT ", "STORE") if word in heard
    ]  # nothing sent or changed


@pytest.mark.parametrize(
    ("kind", "manners", "step", "failure"),
    [
        ("smtp", Manners(sign_in="535 5.7.8 Error: authentication failed: Invalid user or password!"), "sign_in", "wrong_password"),
        ("smtp", Manners(sign_in="534-5.7.9 Application-specific password required.\r\n534 5.7.9 See the help"), "sign_in", "program_password"),
        ("smtp", Manners(sign_in="535 5.7.8 This user does not have access rights to this service"), "sign_in", "switched_off"),
        ("smtp", Manners(sign_in="535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant"), "sign_in", "signs_in_otherwise"),
        ("smtp", Manners(sign_in="454 4.7.0 Too many login attempts, please try again later"), "sign_in", "too_many"),
        ("smtp", Manners(sign_in="535 NEOBHODIM parol prilozheniya: нужен пароль приложения"), "sign_in", "program_password"),
        ("smtp", Manners(sender="553 5.7.1 Sender address rejected: not owned by auth user."), "sender", "sender_refused"),
        ("smtp", Manners(offers=("SIZE",)), "sign_in", "plain_sign_in"),
        ("smtp", Manners(greeting="554 no service here"), "connection", "not_mail"),
        ("smtp", Manners(greeting="HTTP/1.1 400 Bad Request"), "connection", "not_mail"),
        ("smtp", Manners(hangs_up_after="AUTH"), "sign_in", "broken_off"),
        ("imap", Manners(sign_in="NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)"), "sign_in", "wrong_password"),
        ("imap", Manners(sign_in="NO [ALERT] Application-specific password required"), "sign_in", "program_password"),
        ("imap", Manners(sign_in="NO Your account is not enabled for IMAP use"), "sign_in", "switched_off"),
        ("imap", Manners(sign_in="NO [UNAVAILABLE] Too many simultaneous connections, try again later"), "sign_in", "too_many"),
        ("imap", Manners(offers=("", "LOGINDISABLED")), "sign_in", "plain_sign_in"),
        ("imap", Manners(inbox="NO no such folder"), "folders", "no_inbox"),
        ("imap", Manners(greeting="HTTP/1.1 400 Bad Request"), "connection", "not_mail"),
        ("imap", Manners(hangs_up_after="LOGIN"), "sign_in", "broken_off"),
    ],
)  # fmt: skip
def test_each_failure_is_told_apart(
    trying: Trying, kind: str, manners: Manners, step: str, failure: str
) -> None:
    steps = trying(kind, manners)
    assert last(steps) == (step, failure), steps
    assert failure in FAILURES
    assert PASSWORD not in repr(steps)


@pytest.mark.parametrize("kind", ["smtp", "imap"])
def test_encryption_that_does_not_fit_is_told(trying: Trying, kind: str) -> None:
    assert last(trying(kind, Manners(), security="tls")) == ("connection", "other_encryption")
    assert last(trying(kind, Manners(), security="starttls")) == ("encryption", "no_starttls")
    assert last(trying(kind, Manners(security="tls"), trusted="other.example")) == (
        "connection",
        "certificate",
    )
    assert last(trying(kind, Manners(security="starttls"), trusted="other.example")) == (
        "encryption",
        "certificate",
    )


@pytest.mark.parametrize("kind", ["smtp", "imap"])
def test_who_is_not_there_is_told(trying: Trying, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert last(trying(kind, Manners(), port=closed_port())) == ("connection", "refused")
    assert last(trying(kind, Manners(), host="no-such-host.invalid")) == ("name", "name_unknown")
    monkeypatch.setattr(talking, "PATIENCE", 0.3)
    assert last(trying(kind, Manners(silent=True))) == ("connection", "silent")


@pytest.mark.parametrize("kind", ["smtp", "imap"])
def test_a_password_typed_under_another_layout_is_told(kind: str) -> None:
    with serving(kind, Manners()) as port:
        servers, door = MailServers(private=True), Door("127.0.0.1", port, "none", ADDRESS, "пароль")
        steps = servers.try_sending(door, ADDRESS) if kind == "smtp" else servers.try_reading(door)
    assert last(steps) == ("sign_in", "password_letters")


def test_our_own_networks_are_closed() -> None:
    manners = Manners()
    with serving("smtp", manners) as port:
        for host in ("127.0.0.1", "localhost", "10.0.0.7", "169.254.169.254", "::1"):
            steps = MailServers(private=False).try_sending(
                Door(host, port, "none", ADDRESS, PASSWORD), ADDRESS
            )
            assert [(step.step, step.failure) for step in steps] == [("name", "closed")]
    assert manners.heard == []


def test_what_a_server_says_stays_one_plain_line(trying: Trying) -> None:
    said = "550 5.7.1 <script>\x07\x1b[31m" + "x" * 900
    [*_before, step] = trying("smtp", Manners(sender=said))
    assert step.said.isprintable()
    assert len(step.said) <= 300


def test_names_are_asked() -> None:
    records = {
        ("north.example", "TXT"): ['"v=spf1 include:_spf.yandex.net" " ~all"', '"other"'],
        ("north.example", "MX"): ["20 second.example.", "10 mx.yandex.net."],
    }
    with naming(records) as port:
        names = DnsNames(["127.0.0.1"], port)
        assert sorted(names.texts("north.example")) == ["other", "v=spf1 include:_spf.yandex.net ~all"]
        assert names.exchangers("north.example") == ["mx.yandex.net", "second.example"]
        assert names.texts("_dmarc.north.example") == []
        assert names.texts("nothing.example") == []


def test_silent_name_servers_are_no_missing_record(monkeypatch: pytest.MonkeyPatch) -> None:
    from konveyer.adapters.mail_servers import names

    monkeypatch.setattr(names, "PATIENCE", 0.3)
    with pytest.raises(NoAnswer):
        DnsNames(["127.0.0.1"], closed_port()).texts("north.example")
