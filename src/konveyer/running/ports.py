"""Which ports are free, and who holds one that is not."""

import errno
import socket
import time

import psutil

from konveyer.adapters.postgres import Trouble
from konveyer.kit.words import gettext as _

FORMER_LEAVES_IN = 15.0  # seconds
AFTER = 2  # app on N, public door on N+1, event streams on N+2


def choose(host: str, port: int) -> int:
    """The port to serve on; 0 looks for three free ones in a row. Raises Trouble that names who is in the way."""
    if port == 0:
        return _free_row(host)
    for number in (port, port + AFTER):
        until = time.monotonic() + FORMER_LEAVES_IN
        while not free(host, number):
            waiting = time.monotonic() < until and _held_by_former(number)
            if not waiting and not free(host, number):
                raise Trouble("port_taken", taken(number, port))
            time.sleep(0.1)
    return port


def free(host: str, port: int) -> bool:
    """Whether one can listen there now. Raises Trouble when it can never be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                return False
            raise Trouble("cannot_listen", _cannot(host, port, problem)) from problem
        except OverflowError as problem:
            raise Trouble(
                "cannot_listen", _("There is no port {port}: choose one up to 65533.").format(port=port)
            ) from problem
    return True


def taken(number: int, asked: int) -> str:
    """The port is taken: by whom, and what to do."""
    holder = _holder(number)
    who = _("by {holder}").format(holder=holder) if holder else _("by a program of another account")
    return _("Port {number} is taken {who}. Stop it, or choose another: konveyer up --port {other}").format(
        number=number, who=who, other=asked + 10
    )


def _cannot(host: str, port: int, problem: OSError) -> str:
    if problem.errno == errno.EACCES:
        return _("Port {port} may be opened by root alone. Choose one above 1023, such as 8000.").format(
            port=port
        )
    return _("{host} is not an address of this machine ({problem}).").format(
        host=host, problem=problem.strerror
    )


def _held_by_former(number: int) -> bool:
    """Whether it is a child of a killed `up` that still finishes its last request; it leaves by itself."""
    process = _listener(number)
    try:
        return process is not None and any(word.startswith("konveyer.running.") for word in process.cmdline())
    except psutil.Error:
        return False


def _holder(number: int) -> str | None:
    process = _listener(number)
    try:
        return f"{' '.join(process.cmdline())[:80]} (PID {process.pid})" if process else None
    except psutil.Error:
        return None


def _listener(number: int) -> psutil.Process | None:
    try:
        found = [
            connection.pid
            for connection in psutil.net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
            and tuple(connection.laddr)[1:] == (number,)
            and connection.pid
        ]
        return psutil.Process(found[0])
    except (psutil.Error, IndexError, OSError):
        return None


def _free_row(host: str) -> int:
    for _attempt in range(50):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.bind((host, 0))
            port = int(probe.getsockname()[1])
        if port + AFTER <= 65535 and all(free(host, port + step) for step in range(AFTER + 1)):
            return port
    raise Trouble("no_free_port", _("No three free ports in a row were found on {host}.").format(host=host))
