"""SMTP and IMAP by the standard library, over a connection to the address that was checked."""

import imaplib
import smtplib
import socket
import ssl

from konveyer.adapters.outbound.guard import Address

PATIENCE = 10.0  # seconds for connecting and for each answer


def connect(address: Address, port: int, host: str, security: str, tls: ssl.SSLContext) -> socket.socket:
    """A socket to exactly this address; with `tls` the handshake is done for the name of the host."""
    plain = socket.create_connection((str(address), port), PATIENCE)
    if security != "tls":
        return plain
    try:
        return tls.wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


class Smtp(smtplib.SMTP):
    """SMTP over a socket that is open already."""

    def __init__(self, made: socket.socket, host: str) -> None:
        super().__init__(timeout=PATIENCE, local_hostname=socket.gethostname() or "localhost")
        self.sock, self.file, self._host = made, None, host  # `_host` is the name that STARTTLS checks
        self.code, self.greeting = self.getreply()


class Imap(imaplib.IMAP4):
    """IMAP over a socket that is open already."""

    def __init__(self, made: socket.socket, host: str) -> None:
        self._made = made
        super().__init__(host, timeout=PATIENCE)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return self._made
