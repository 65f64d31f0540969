"""A web server in a thread, to be told by webhooks: it keeps what came and answers as it is told."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Came:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Receiver:
    """`answers` are statuses in turn, the last one for ever; `location` goes with 3xx; `delay` in seconds."""

    port: int = 0
    answers: list[int] = field(default_factory=lambda: [200])
    location: str = ""
    delay: float = 0.0
    came: list[Came] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?x=1"


@contextmanager
def receiving(host: str = "127.0.0.1") -> Iterator[Receiver]:
    """A receiver on a free port."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            receiver.came.append(Came(self.path, dict(self.headers), body))
            time.sleep(receiver.delay)
            status = receiver.answers.pop(0) if len(receiver.answers) > 1 else receiver.answers[0]
            self.send_response(status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.end_headers()
            self.wfile.write("ладно".encode())

        def do_GET(self) -> None:
            receiver.came.append(Came(self.path, dict(self.headers), ""))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
