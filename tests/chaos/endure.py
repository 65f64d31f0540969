"""Killing parts one after the other while a writer remembers what the database has confirmed."""

import threading
import time

import psycopg

from konveyer.adapters.postgres import Cluster
from tests.house import House


class Writer(threading.Thread):
    """Commits numbers as fast as it can and remembers which the database has confirmed."""

    def __init__(self, dsn: "dict[str, str | int]") -> None:
        super().__init__(daemon=True)
        self.dsn = dsn
        self.confirmed: set[int] = set()
        self.unknown: set[int] = set()
        self._next = 0
        self._ending = threading.Event()
        with psycopg.connect(**self.dsn, autocommit=True) as connection:  # type: ignore[arg-type]
            connection.execute("create table if not exists chaos (n bigint primary key)")

    def run(self) -> None:
        while not self._ending.is_set():
            try:
                with psycopg.connect(**self.dsn, autocommit=True, connect_timeout=2) as connection:  # type: ignore[arg-type]
                    self._write(connection)
            except psycopg.Error:
                time.sleep(0.02)

    def _write(self, connection: psycopg.Connection) -> None:
        while not self._ending.is_set():
            self._next += 1
            self.unknown.add(self._next)
            connection.execute("insert into chaos values (%s)", [self._next])
            self.unknown.discard(self._next)
            self.confirmed.add(self._next)

    def end(self) -> None:
        """Stop writing."""
        self._ending.set()
        self.join(10)

    def stored(self) -> set[int]:
        """What the database holds."""
        with psycopg.connect(**self.dsn) as connection:  # type: ignore[arg-type]
            return {number for (number,) in connection.execute("select n from chaos")}


def endure(house: House, kills: list[str]) -> dict[str, object]:
    """Kill one after the other; after each wait until everything is well again. Asserts that nothing was lost."""
    times: dict[str, list[float]] = {}
    house.start()
    writer = Writer(Cluster(house.home / "data").dsn("konveyer_owner"))
    writer.start()
    try:
        for part in kills:
            before = len(writer.confirmed)
            while len(writer.confirmed) < before + 20:
                assert writer.is_alive()
                time.sleep(0.005)
            house.kill(part)
            seconds = house.start() if part in ("supervisor", "all") else house.until_well()
            seconds = max(seconds, house.until_whole())
            times.setdefault(part, []).append(round(seconds, 2))
    finally:
        writer.end()
    stored = writer.stored()
    assert writer.confirmed <= stored
    assert stored <= writer.confirmed | writer.unknown
    assert house.stop() == 0
    return {"kills": len(kills), "confirmed": len(writer.confirmed), "lost": 0, "seconds_until_well": times}
