"""Passing announcements from PostgreSQL to the open streams: one listening connection for the whole process."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from konveyer.live.session import Seat

CHANNEL = "konveyer_live"
LONGEST_QUEUE = 64
RELOAD = {"topic": "reload", "id": ""}  # events were missed: the screen fetches itself anew

log = logging.getLogger("konveyer.live")


class Stream:
    """The events waiting for one open screen. A slow reader loses single events and gets one `reload`."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self._queue: asyncio.Queue[dict[str, str]] = asyncio.Queue(LONGEST_QUEUE)

    def put(self, event: dict[str, str]) -> None:
        """Add an event without waiting."""
        if self._queue.full():
            while not self._queue.empty():
                self._queue.get_nowait()
            event = RELOAD
        self._queue.put_nowait(event)

    async def get(self, timeout: float) -> dict[str, str] | None:
        """The next event; None when none came in this time."""
        try:
            return await asyncio.wait_for(self._queue.get(), timeout)
        except TimeoutError:
            return None


class Hub:
    """All open streams of the process, by workspace."""

    def __init__(self, dsn: dict[str, Any]) -> None:
        self._dsn = dsn
        self._streams: dict[str, set[Stream]] = defaultdict(set)
        self.listening = asyncio.Event()

    @contextmanager
    def stream(self, seat: Seat) -> Iterator[Stream]:
        """A stream for this seat, open during the block."""
        opened = Stream(seat)
        self._streams[seat.workspace_id].add(opened)
        try:
            yield opened
        finally:
            self._streams[seat.workspace_id].discard(opened)
            if not self._streams[seat.workspace_id]:
                del self._streams[seat.workspace_id]

    def open_streams(self, seat: Seat) -> int:
        """How many streams this member has open."""
        return sum(stream.seat == seat for stream in self._streams.get(seat.workspace_id, ()))

    async def listen(self) -> None:
        """Listen for ever. After a lost connection every screen is told to fetch itself anew."""
        pause = 0.2
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**self._dsn, autocommit=True) as connection:
                    await connection.execute(f"listen {CHANNEL}")
                    self.listening.set()
                    pause = 0.2
                    self._to_all(RELOAD)
                    async for notice in connection.notifies():
                        self.pass_on(notice.payload)
            except psycopg.Error as problem:
                log.warning("the database is away, trying again: %s", str(problem).splitlines()[0])
            self.listening.clear()
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    def pass_on(self, payload: str) -> None:
        """Give one announcement to the streams that it concerns; what cannot be read is dropped."""
        try:
            message = json.loads(payload)
            workspace, member = str(message["workspace"]), message.get("member")
            event = {"topic": str(message["topic"]), "id": str(message["id"])}
        except (ValueError, KeyError, TypeError):
            log.warning("an announcement that cannot be read: %.80r", payload)
            return
        for stream in self._streams.get(workspace, ()):
            if member is None or member == stream.seat.member_id:
                stream.put(event)

    def _to_all(self, event: dict[str, str]) -> None:
        for streams in self._streams.values():
            for stream in streams:
                stream.put(event)
