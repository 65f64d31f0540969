"""Trying a mailbox out: as far as a letter could go, without sending one, and as far as the folders."""

import contextlib
import imaplib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Any

from konveyer.adapters.mail_servers.talking import Imap, Smtp, connect
from konveyer.adapters.outbound.guard import Address, Closed, NameUnknown, resolve
from konveyer.domain.delivery.ports import Door
from konveyer.domain.delivery.rules.steps import READING, SENDING, Step, refused_sign_in

WHOLE = 60.0  # seconds for one way of a trial
SAID = 300  # letters of what a server said that are kept
BROKEN = (OSError, EOFError, smtplib.SMTPServerDisconnected, imaplib.IMAP4.abort)


class Failed(Exception):
    """A step that failed: the code, and what the server said."""

    def __init__(self, failure: str, said: object = "") -> None:
        super().__init__(failure)
        self.failure, self.said = failure, words(said)


class MailServers:
    """Servers of the open internet, and with `private` those of our own networks."""

    def __init__(self, *, private: bool, tls: ssl.SSLContext | None = None) -> None:
        self._private = private
        self._tls = tls or ssl.create_default_context()

    def try_sending(self, door: Door, address: str) -> list[Step]:
        """Name, connection, encryption, sign-in, and MAIL FROM, taken back at once."""
        return list(_steps(SENDING, self._sending(door, address)))

    def try_reading(self, door: Door) -> list[Step]:
        """Name, connection, encryption, sign-in, and opening the inbox for reading only."""
        return list(_steps(READING, self._reading(door)))

    def _sending(self, door: Door, address: str) -> Iterator[tuple[str, Callable[[], Any]]]:
        found: list[Any] = []
        yield "name", lambda: found.append(self.resolved(door))
        yield "connection", lambda: found.append(self.opened(door, found[0], Smtp))
        smtp: Smtp = found[1]
        with _held(smtp):
            yield "encryption", lambda: self.secured_smtp(door, smtp)
            yield "sign_in", lambda: _sign_in_smtp(door, smtp)
            yield "sender", lambda: _sender(smtp, address)

    def _reading(self, door: Door) -> Iterator[tuple[str, Callable[[], Any]]]:
        found: list[Any] = []
        yield "name", lambda: found.append(self.resolved(door))
        yield "connection", lambda: found.append(self.opened(door, found[0], Imap))
        imap: Imap = found[1]
        with _held(imap):
            yield "encryption", lambda: self._secured_imap(door, imap)
            yield "sign_in", lambda: _sign_in_imap(door, imap)
            yield "folders", lambda: _inbox(imap)

    def resolved(self, door: Door) -> Address:
        """The address that may be connected to. Raises Failed."""
        try:
            return resolve(door.host, door.port, private=self._private)
        except NameUnknown as error:
            raise Failed("name_unknown") from error
        except Closed as error:
            raise Failed("closed") from error

    def opened(self, door: Door, address: Address, protocol: Any) -> Any:
        """A conversation that began well, encrypted from the start where asked. Raises Failed, OSError."""
        try:
            talk = protocol(connect(address, door.port, door.host, door.security, self._tls), door.host)
        except ssl.SSLCertVerificationError as error:
            raise Failed("certificate", error.verify_message) from error
        except ssl.SSLError as error:
            raise Failed("other_encryption", error.reason) from error
        except ConnectionRefusedError as error:
            raise Failed("refused") from error
        except TimeoutError as error:
            raise Failed("silent") from error
        except imaplib.IMAP4.error as error:
            raise Failed("not_mail", error) from error
        if protocol is Smtp and talk.code != 220:
            talk.close()
            raise Failed("not_mail", f"{talk.code} {words(talk.greeting)}")
        return talk

    def secured_smtp(self, door: Door, smtp: Smtp) -> None:
        """Greeted, and upgraded where STARTTLS is asked. Raises Failed, OSError."""
        smtp.ehlo_or_helo_if_needed()
        if door.security == "starttls":
            if not smtp.has_extn("starttls"):
                raise Failed("no_starttls")
            self._upgraded(lambda: smtp.starttls(context=self._tls))
            smtp.ehlo()

    def _secured_imap(self, door: Door, imap: Imap) -> None:
        if door.security == "starttls":
            if "STARTTLS" not in imap.capabilities:
                raise Failed("no_starttls")
            self._upgraded(lambda: imap.starttls(self._tls))

    def _upgraded(self, upgrade: Callable[[], Any]) -> None:
        try:
            upgrade()
        except ssl.SSLCertVerificationError as error:
            raise Failed("certificate", error.verify_message) from error
        except ssl.SSLError as error:
            raise Failed("other", error.reason) from error


@contextlib.contextmanager
def _held(talk: Any) -> Iterator[None]:
    """Ends the conversation politely; one that drips is cut off from another thread after `WHOLE` seconds."""
    end = threading.Timer(WHOLE, lambda: _cut(talk.sock))
    end.start()
    try:
        yield
    finally:
        with contextlib.suppress(smtplib.SMTPException, imaplib.IMAP4.error, OSError):
            talk.quit() if isinstance(talk, Smtp) else talk.logout()
        end.cancel()
        _cut(talk.sock, whole=True)


def _cut(sock: socket.socket | None, *, whole: bool = False) -> None:
    if sock is not None:
        with contextlib.suppress(OSError):
            sock.close() if whole else sock.shutdown(socket.SHUT_RDWR)


def _steps(way: str, parts: Iterator[tuple[str, Callable[[], Any]]]) -> Iterator[Step]:
    with contextlib.closing(parts):  # type: ignore[type-var]
        for name, act in parts:
            try:
                act()
            except Failed as failed:
                yield Step(way, name, failed.failure, failed.said)
                return
            except BROKEN as error:
                late = isinstance(error.__context__ or error, TimeoutError)  # smtplib wraps it
                yield Step(way, name, "silent" if late else "broken_off", "" if late else words(error))
                return
            except (smtplib.SMTPException, imaplib.IMAP4.error) as error:
                yield Step(way, name, "other", words(error))
                return
            yield Step(way, name)


def _sign_in_smtp(door: Door, smtp: Smtp) -> None:
    try:
        smtp.login(door.login, door.password)
    except smtplib.SMTPNotSupportedError as error:
        plain = door.security == "none"
        raise Failed("plain_sign_in" if plain else "signs_in_otherwise", error) from error
    except smtplib.SMTPAuthenticationError as error:
        said = f"{error.smtp_code} {words(error.smtp_error)}"
        raise Failed(refused_sign_in(said), said) from error
    except UnicodeEncodeError as error:
        raise Failed("password_letters") from error


def _sender(smtp: Smtp, address: str) -> None:
    code, said = smtp.mail(address)
    if code != 250:
        raise Failed("sender_refused", f"{code} {words(said)}")
    smtp.rset()


def _sign_in_imap(door: Door, imap: Imap) -> None:
    try:
        if "LOGINDISABLED" in imap.capabilities:
            raise Failed("plain_sign_in")
        imap.login(door.login, door.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        said = words(error)
        raise Failed(refused_sign_in(said), said) from error
    except UnicodeEncodeError as error:
        raise Failed("password_letters") from error


def _inbox(imap: Imap) -> None:
    state, said = imap.select("INBOX", readonly=True)
    if state != "OK":
        raise Failed("no_inbox", said[0] if said else "")


def words(said: object) -> str:
    """What a server said, as plain words: printable, in one line, not too long."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said or "")
    if isinstance(said, Exception) and said.args and isinstance(said.args[0], bytes):
        text = said.args[0].decode("utf-8", "replace")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:SAID]
