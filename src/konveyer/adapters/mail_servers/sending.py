"""Handing letters over by SMTP, one after the other on one connection."""

import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from konveyer.adapters.mail_servers.sent import SentLines
from konveyer.adapters.mail_servers.talking import Smtp
from konveyer.adapters.mail_servers.trying import Failed, MailServers, words
from konveyer.domain.delivery.ports import Door, Handed, NotOpened
from konveyer.domain.hooks.ports import Frozen

DOT = 600.0  # seconds that RFC 5321, 4.5.3.2.6 gives the receiver after the final dot
LOST = (OSError, EOFError, smtplib.SMTPServerDisconnected)


class SendingServers(MailServers):
    """Mail servers to send by. `frozen` is a file whose presence stops everything; `journal` is written after each 250."""

    def __init__(
        self, *, private: bool, frozen: Path, journal: SentLines, tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(private=private, tls=tls)
        self._frozen, self._journal = frozen, journal

    @contextmanager
    def sending(self, door: Door) -> Iterator["SmtpLine"]:
        """Connected, encrypted and signed in. Raises NotOpened, Frozen."""
        if self._frozen.exists():
            raise Frozen
        line = SmtpLine(self._entered(door), self._journal)
        try:
            yield line
        finally:
            line.close()

    def _entered(self, door: Door) -> Smtp:
        stage = "connect"
        try:
            smtp: Smtp = self.opened(door, self.resolved(door), Smtp)
            stage = "hello"
            self.secured_smtp(door, smtp)
            stage = "sign_in"
            smtp.login(door.login, door.password)
        except Failed as failed:
            raise NotOpened(stage, 0, f"{failed.failure} {failed.said}".strip()) from failed
        except smtplib.SMTPAuthenticationError as error:
            raise NotOpened(stage, error.smtp_code, words(error.smtp_error)) from error
        except smtplib.SMTPNotSupportedError as error:
            raise NotOpened(stage, 504, words(error)) from error
        except UnicodeEncodeError as error:
            raise NotOpened(stage, 535, "login or password holds letters that are not Latin") from error
        except (*LOST, smtplib.SMTPException) as error:
            raise NotOpened("hello" if stage == "sign_in" else stage, 0, words(error)) from error
        return smtp


class SmtpLine:
    """One connection; `open` until it breaks or a letter was kept back after DATA."""

    def __init__(self, smtp: Smtp, journal: SentLines) -> None:
        self._smtp, self._journal = smtp, journal
        self.open = True

    def hand_over(
        self, ident: UUID, sender: str, to: Sequence[str], data: bytes, at_dot: Callable[[], bool]
    ) -> Handed:
        """MAIL, RCPT for each, DATA; `at_dot`; the body. Whatever breaks is told with the stage at which it broke."""
        stage, said = "sender", dict[str, tuple[int, str]]()
        try:
            code, answer = self._smtp.mail(sender, self._options(sender, to))
            if code != 250:
                return self._refused(stage, code, answer, said)
            stage = "recipient"
            for address in to:
                code, answer = self._smtp.rcpt(address)
                said[address] = code, words(answer)
            if not any(200 <= code < 300 for code, _answer in said.values()):
                code, text = min(said.values(), default=(554, "the letter has no reader"))
                return self._refused(stage, code, text.encode(), said)
            stage = "data"
            code, answer = self._smtp.docmd("DATA")
            if code != 354:
                return self._refused(stage, code, answer, said)
            if not at_dot():
                self._hang_up()
                return Handed("data", said="kept back", stood_down=True)
            stage = "body"
            return self._body(ident, data, said)
        except LOST as error:
            self._hang_up()
            return Handed(stage, said=words(error), recipients=said, lost=True)

    def _body(self, ident: UUID, data: bytes, said: dict[str, tuple[int, str]]) -> Handed:
        sock = self._smtp.sock
        assert sock is not None  # noqa: S101 - DATA was answered over it
        patience = sock.gettimeout()
        sock.settimeout(DOT)
        self._smtp.send(_dotted(data))
        code, answer = self._smtp.getreply()
        sock.settimeout(patience)
        text = words(answer)
        if 200 <= code < 300:
            self._journal.write(ident, f"{code} {text}")
        elif (
            not 400 <= code < 600
        ):  # half a line, or something that is no answer: the letter may have been taken
            self._hang_up()
            return Handed("body", code, text, said, lost=True)
        elif code == 421:
            self._hang_up()
        return Handed("body", code, text, said)

    def _options(self, sender: str, to: Sequence[str]) -> tuple[str, ...]:
        wide = not all(address.isascii() for address in (sender, *to))
        if wide and self._smtp.has_extn("smtputf8"):
            self._smtp.command_encoding = "utf-8"
            return ("SMTPUTF8",)
        return ()

    def _refused(self, stage: str, code: int, answer: bytes, said: dict[str, tuple[int, str]]) -> Handed:
        lost = not 200 <= code < 600
        try:
            if lost or code == 421:
                self._hang_up()
            else:
                self._smtp.rset()
        except LOST:
            self._hang_up()  # the answer stands, whatever the server does after it
        return Handed(stage, code, words(answer), said, lost=lost)

    def _hang_up(self) -> None:
        self.open = False
        self._smtp.close()

    def close(self) -> None:
        """Sign off, if the other side is still there."""
        if self.open:
            try:
                self._smtp.quit()
            except (*LOST, smtplib.SMTPException):
                self._smtp.close()


def _dotted(data: bytes) -> bytes:
    """RFC 5321, 4.5.2: a leading dot is doubled, and a dot alone ends it."""
    body = data if data.endswith(b"\r\n") else data + b"\r\n"
    return (b"." if body.startswith(b".") else b"") + body.replace(b"\r\n.", b"\r\n..") + b".\r\n"
