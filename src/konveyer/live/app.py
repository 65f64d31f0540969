"""The ASGI application of the event streams: GET /live answers `text/event-stream` to a signed-in member.

It has a port of its own, so that open streams never use up the six connections that a browser allows per origin.
Cookies belong to the host and not to the port, so the session cookie comes along; another page of the same host may
not read, since the answer names the web's own origin alone. Behind a proxy /live may as well lie on that origin.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from konveyer.live.hub import Hub, Stream
from konveyer.live.session import Seat, key_in, seat_of

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

HEARTBEAT = 20.0
ASK_AGAIN_EVERY = 3  # heartbeats: a session that has ended loses its streams within a minute
MOST_STREAMS = 30  # of one member
COME_BACK = b"retry: 3000\n\n"


class Live:
    """The application. `secret` is the key of the web's sessions, `dsn` the application role's connection."""

    def __init__(
        self, *, dsn: dict[str, Any], secret: str, web_port: int, base_url: str, heartbeat: float = HEARTBEAT
    ) -> None:
        self.hub = Hub(dsn)
        self._dsn = dsn
        self._secret = secret
        self._web_port = web_port
        self._origin = base_url.rstrip("/")
        self._heartbeat = heartbeat
        self._pool: AsyncConnectionPool | None = None
        self._listener: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()

    async def start(self) -> None:
        """Begin to listen."""
        self._pool = AsyncConnectionPool(
            kwargs={**self._dsn, "autocommit": True},
            min_size=0,
            max_size=2,
            open=False,
            timeout=5,
            max_idle=30,
        )
        await self._pool.open()
        self._listener = asyncio.create_task(self.hub.listen())

    async def stop(self) -> None:
        """End every stream and the listening."""
        self._ending.set()
        if self._listener:
            self._listener.cancel()
        if self._pool:
            await self._pool.close(timeout=1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if scope["path"] == "/live/health":
            await _answer(
                send,
                200 if self.hub.listening.is_set() else 503,
                b"ok" if self.hub.listening.is_set() else b"no database",
            )
        elif scope["path"].rstrip("/") != "/live":
            await _answer(send, 404, b"not found")
        elif scope["method"] != "GET":
            await _answer(send, 405, b"GET only")
        elif not (origin := headers.get("origin")) or self._ours(origin, headers.get("host", "")):
            await self._serve(headers, origin, receive, send)
        else:
            await _answer(send, 403, b"another page may not read this")

    def _ours(self, origin: str, host: str) -> bool:
        if origin == self._origin:
            return True
        page, here = urlsplit(origin), urlsplit(f"//{host}")
        return (
            page.scheme in ("http", "https")
            and page.hostname == here.hostname
            and page.port == self._web_port
        )

    async def _serve(self, headers: dict[str, str], origin: str | None, receive: Receive, send: Send) -> None:
        shared = [
            (b"cache-control", b"no-store"),
            (b"vary", b"origin, cookie"),
            (b"x-accel-buffering", b"no"),
        ]
        if origin:
            shared += [
                (b"access-control-allow-origin", origin.encode()),
                (b"access-control-allow-credentials", b"true"),
            ]
        key = key_in(headers.get("cookie", ""))
        try:
            seat = await self._seat(key) if key else None
        except (psycopg.Error, PoolTimeout):
            # Not an error status: a browser would give up. It comes back by itself.
            await _answer(send, 200, COME_BACK, [*shared, (b"content-type", b"text/event-stream")])
            return
        if key is None or seat is None:
            await _answer(send, 401, b"sign in first", shared)
        elif self.hub.open_streams(seat) >= MOST_STREAMS:
            await _answer(send, 429, b"too many open screens", shared)
        else:
            await self._stream(seat, key, shared, receive, send)

    async def _seat(self, key: str) -> Seat | None:
        assert self._pool is not None  # noqa: S101 - opened by start()
        async with self._pool.connection() as connection:
            return await seat_of(connection, key, self._secret)

    async def _stream(
        self, seat: Seat, key: str, shared: list[tuple[bytes, bytes]], receive: Receive, send: Send
    ) -> None:
        headers = [*shared, (b"content-type", b"text/event-stream; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        with self.hub.stream(seat) as stream:
            gone = asyncio.create_task(_until_gone(receive))
            ending = asyncio.create_task(self._ending.wait())
            writing = asyncio.create_task(self._write(stream, seat, key, send))
            try:
                await asyncio.wait({gone, ending, writing}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (gone, ending, writing):
                    task.cancel()
                await asyncio.gather(gone, ending, writing, return_exceptions=True)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _write(self, stream: Stream, seat: Seat, key: str, send: Send) -> None:
        async for chunk in self._chunks(stream, seat, key):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})

    async def _chunks(self, stream: Stream, seat: Seat, key: str) -> AsyncIterator[bytes]:
        yield COME_BACK
        beats = 0
        while True:
            event = await stream.get(self._heartbeat)
            if event is not None:
                yield f"data: {json.dumps(event, separators=(',', ':'))}\n\n".encode()
                continue
            beats += 1
            if beats % ASK_AGAIN_EVERY == 0 and not await self._still(seat, key):
                yield b'data: {"topic":"signed-out","id":""}\n\n'
                return
            yield b": still here\n\n"

    async def _still(self, seat: Seat, key: str) -> bool:
        try:
            return await self._seat(key) == seat
        except (psycopg.Error, PoolTimeout):
            return True  # the database is away: decided at the next beat


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(
    send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    chosen = headers or []
    if not any(name == b"content-type" for name, _ in chosen):
        chosen = [*chosen, (b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": chosen})
    await send({"type": "http.response.body", "body": body, "more_body": False})
