"""An HTTP client for foreign addresses. The name is resolved once; the connection goes to what was checked."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from konveyer.adapters.outbound.guard import Address, resolve
from konveyer.domain.hooks.ports import Frozen, Reply, Unreachable

PATIENCE = 10.0  # seconds for each step: connecting, every read
WHOLE = 20.0  # seconds for all of it: a receiver that drips cannot hold the worker
READ = 500  # bytes of the answer that the log keeps


class PinnedClient:
    """Posts to addresses that users name. `frozen` is a file whose presence stops everything."""

    def __init__(self, *, private: bool, frozen: Path, tls: ssl.SSLContext | None = None) -> None:
        self._private = private
        self._frozen = frozen
        self._tls = tls or ssl.create_default_context()

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """The answer's status and the beginning of its text. Raises Unreachable, Frozen."""
        if self._frozen.exists():
            raise Frozen
        parts = urlsplit(url)
        host = parts.hostname or ""
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        address = resolve(host, port, private=self._private)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = _Pinned(host, port, address, self._tls if secure else None)
        end = threading.Timer(WHOLE, connection.cut)
        end.start()
        try:
            connection.request("POST", path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            text = answer.read(READ).decode("utf-8", "replace")
            return Reply(answer.status, "".join(sign if sign.isprintable() else " " for sign in text))
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(_said(error)) from error
        finally:
            end.cancel()
            connection.close()


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was checked; the host's name stays in the Host header and the certificate."""

    def __init__(self, host: str, port: int, address: Address, tls: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self._address = address
        self._tls = tls
        self.default_port = 443 if tls else 80

    def connect(self) -> None:
        plain = socket.create_connection((str(self._address), self.port), PATIENCE)
        self.sock = plain
        if self._tls:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """End it from another thread: a blocked read returns at once."""
        sock = self.sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                sock.close()


def _said(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLError):
        return f"the certificate or the encryption is not right: {error.reason or error}"
    if isinstance(error, ConnectionRefusedError):
        return "the connection was refused"
    return f"{type(error).__name__}: {error}"[:300]
