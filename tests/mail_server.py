"""Mail servers and a name server on this machine: they speak SMTP, IMAP and DNS, and refuse as they are told."""

import datetime as dt
import ipaddress
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import dns.message
import dns.rrset
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "a password for programs"


@dataclass
class Manners:
    """How a server behaves. `security` is tls, starttls or none; empty answers are the usual good ones."""

    security: str = "none"
    greeting: str = ""
    sign_in: str = ""  # what it says to a sign-in instead
    sender: str = ""  # what it says to MAIL FROM instead
    inbox: str = ""  # what it says to EXAMINE instead
    offers: tuple[str, ...] = ("AUTH PLAIN LOGIN",)
    hangs_up_after: str = ""  # a command
    silent: bool = False
    heard: list[str] = field(default_factory=list)
    readers: dict[str, str] = field(default_factory=dict)  # what it says to RCPT for these addresses
    data: str = ""  # to DATA
    dot: list[str] = field(
        default_factory=list
    )  # to the letters in turn, then 250; "cut": it takes the letter and hangs up
    taken: list[bytes] = field(default_factory=list)  # letters that it took or may have taken


@cache
def certificate(folder: str, name: str = "localhost") -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(of the server, of a client that trusts it): a certificate for that name, and 127.0.0.1 with localhost."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names: list[x509.GeneralName] = [x509.DNSName(name)]
    if name == "localhost":
        names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = Path(folder) / f"{name}.pem"
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(pem + secret)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cadata=pem.decode())


class _Talk(socketserver.StreamRequestHandler):
    """One conversation, line by line."""

    manners: Manners
    tls: ssl.SSLContext | None

    def handle(self) -> None:
        with suppress(OSError, ssl.SSLError):
            if self.manners.security == "tls":
                self._wrap()
            if self.manners.silent:
                self.rfile.read(1)
                return
            self.greet()
            while line := self.rfile.readline(2000).decode("utf-8", "replace").rstrip("\r\n"):
                self.manners.heard.append(line)
                if self.manners.hangs_up_after and self.manners.hangs_up_after in line.upper():
                    return
                if not self.answer(line):
                    return

    def say(self, *lines: str) -> bool:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())
        return True

    def _wrap(self) -> None:
        assert self.tls
        self.request = self.tls.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb", -1), self.request.makefile("wb", 0)

    def greet(self) -> None: ...

    def answer(self, line: str) -> bool:
        raise NotImplementedError


class _Smtp(_Talk):
    def greet(self) -> None:
        self.say(self.manners.greeting or "220 mail.example ESMTP")

    def answer(self, line: str) -> bool:
        word = line.split(" ", 1)[0].upper()
        if word == "EHLO":
            offers = [*self.manners.offers, *(["STARTTLS"] if self.manners.security == "starttls" else [])]
            return self.say("250-mail.example", *(f"250-{one}" for one in offers), "250 8BITMIME")
        if word == "STARTTLS":
            self.say("220 go on")
            self._wrap()
            return True
        if word == "AUTH":
            return self._sign_in(line)
        if word == "MAIL":
            return self.say(self.manners.sender or "250 ok")
        if word == "RCPT":
            address = line.partition("<")[2].partition(">")[0]
            return self.say(self.manners.readers.get(address, "250 2.1.5 ok"))
        if word == "DATA":
            return self._letter()
        if word == "QUIT":
            return not self.say("221 bye")
        return self.say("250 ok")

    def _letter(self) -> bool:
        if self.manners.data:
            return self.say(self.manners.data)
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline(100_000)) != b".\r\n":
            if not line:
                return False
            lines.append(line[1:] if line.startswith(b"..") else line)
        answer = self.manners.dot.pop(0) if self.manners.dot else "250 2.0.0 taken"
        if answer[0] in "2c":
            self.manners.taken.append(b"".join(lines))
        return answer != "cut" and self.say(answer)

    def _sign_in(self, line: str) -> bool:
        if line.upper().startswith("AUTH LOGIN"):
            if len(line.split()) < 3:
                self.say("334 VXNlcm5hbWU6")
                self.rfile.readline(2000)
            self.say("334 UGFzc3dvcmQ6")
            self.rfile.readline(2000)
        return self.say(self.manners.sign_in or "235 2.7.0 welcome")


class _Imap(_Talk):
    def greet(self) -> None:
        self.say(self.manners.greeting or "* OK ready")

    def answer(self, line: str) -> bool:
        tag, word = [*line.split(" "), ""][:2]
        if word == "CAPABILITY":
            offers = [
                *self.manners.offers[1:],
                *(["STARTTLS"] if self.manners.security == "starttls" else []),
            ]
            return self.say(f"* CAPABILITY IMAP4rev1 {' '.join(offers)}".rstrip(), f"{tag} OK done")
        if word == "STARTTLS":
            self.say(f"{tag} OK go on")
            self._wrap()
            return True
        if word == "LOGIN":
            return self.say(f"{tag} {self.manners.sign_in or 'OK welcome'}")
        if word == "EXAMINE":
            return self.say("* 3 EXISTS", f"{tag} {self.manners.inbox or 'OK [READ-ONLY] done'}")
        if word == "LOGOUT":
            return not self.say("* BYE", f"{tag} OK done")
        return self.say(f"{tag} OK done")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no failure of the test."""


@contextmanager
def serving(kind: str, manners: Manners, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """An smtp or imap server on a free port of this machine."""
    handler = type("Talk", (_Smtp if kind == "smtp" else _Imap,), {"manners": manners, "tls": tls})
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


@contextmanager
def naming(records: dict[tuple[str, str], list[str]]) -> Iterator[int]:
    """A name server that knows these records, (name, type) → values, and answers NXDOMAIN to the rest."""

    class Answer(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, sock = self.request
            asked = dns.message.from_wire(data)
            [question] = asked.question
            name, kind = question.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.rdtype)
            answer = dns.message.make_response(asked)
            if found := records.get((name, kind)):
                answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
            elif not any(known == name for known, _kind in records):
                answer.set_rcode(dns.rcode.NXDOMAIN)
            sock.sendto(answer.to_wire(), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


def closed_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
