"""P6: lists of people and leads brought in by `konveyer import`, against COPY and ON CONFLICT of the same rows."""

# shows: P6, I2.bench

import csv
import json
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from subprocess import TimeoutExpired
from typing import Any
from uuid import UUID

import psutil
import psycopg

from bench.figures import Figure
from bench.house import Broken, House, house, say

SHARE, FASTEST = 0.14, 60.0
FLAT = 1.25  # memory at the end over memory after a quarter
GLANCE = 0.05
LEADS = ("mql_id", "first_contact_date", "landing_page_id", "origin")
PEOPLE = ("last_name", "first_name", "email", "phone", "company")
ORIGINS = (
    "organic_search",
    "paid_search",
    "social",
    "email",
    "referral",
    "direct_traffic",
    "display",
    "other",
)
LAST = ("Кудрин", "Орлов", "Гущин", "Рогов", "Белов", "Власов", "Таранов", "Лесков", "Юсупов", "Дроздов")
FIRST = ("Роман", "Андрей", "Сергей", "Олег", "Денис", "Артём")


@dataclass
class Run:
    """One import as seen from outside."""

    answer: dict[str, Any]
    seconds: float
    memory: list[tuple[float, int]] = field(default_factory=list)  # seconds since the start, bytes of RSS

    def most(self, until: float) -> int:
        """The most memory until that part of the run."""
        return max(size for at, size in self.memory if at <= until * self.seconds)


def figures(sizes: Sequence[int]) -> list[Figure]:
    """Leads by their code, then people by e-mail and phone, half of whom are known. One fresh base for each list."""
    made: list[Figure] = []
    for size in sizes:
        with house("import") as home:
            home.found()
            home.open()
            folder = home.home.parent
            made += _leads(home, folder / "leads.csv", size)
            made.append(Figure(f"P6 base after {size} leads", size, "rows", more=home.settings()))
    with house("import") as home:
        home.found()
        home.open()
        made += _people(home, home.home.parent, min(100_000, *sizes) if sizes else 100_000)
    return made


def _leads(home: House, path: Path, size: int) -> list[Figure]:
    write(path, LEADS, leads(size))
    say(f"P6: {size} leads")
    run = bring(home, path, "olist-leads")
    expect(run, created=size)
    limit = copied(home, path, LEADS, LEADS[:1])
    made = [told(f"P6 import, {size} leads", size, run, limit)]
    if size >= 1_000_000:
        made.append(
            Figure(f"P6 import, {size} leads, whole", round(run.seconds, 1), "s", goal=f"≤ {FASTEST:g} s", met=run.seconds <= FASTEST)
        )  # fmt: skip
        quarter, whole = run.most(0.25), run.most(1)
        made.append(
            Figure(
                "P6 memory of the importer", round(whole / 1e6), "MB", round(quarter / 1e6), "after a quarter of the time",
                round(whole / quarter, 2), f"≤ {FLAT} ×", whole <= FLAT * quarter,
            )
        )  # fmt: skip
    again = bring(home, path, "olist-leads")
    expect(again, unchanged=size)
    made.append(told(f"P6 the same {size} leads again", size, again, limit, goal=False))
    return made


def _people(home: House, folder: Path, size: int) -> list[Figure]:
    """First all new; then a list of which one half is known by phone or e-mail, under other spellings."""
    first, second = folder / "people.csv", folder / "more.csv"
    write(first, PEOPLE, people(range(size)))
    write(second, PEOPLE, people(range(size // 2, size + size // 2), spelled_otherwise=True))
    made = []
    for path, name, present in ((first, "new people", 0), (second, "people, half of them known", size)):
        say(f"P6: {size} {name}")
        run = bring(home, path, "contacts")
        expect(run, created=size if not present else size // 2)
        limit = copied(home, path, PEOPLE, ("email",))
        made.append(told(f"P6 import, {size} {name}", size, run, limit))
    return made


def told(name: str, size: int, run: Run, limit: float, *, goal: bool = True) -> Figure:
    """Rows a second, and their share of the limit."""
    rate = size / run.seconds
    return Figure(
        name, round(rate), "rows/s", round(limit), "COPY and ON CONFLICT", round(rate / limit, 3),
        f"≥ {SHARE}" if goal else "", rate / limit >= SHARE if goal else None,
        {"seconds": round(run.seconds, 1), **{key: run.answer[key] for key in ("created", "updated", "unchanged", "rejected")}},
    )  # fmt: skip


def bring(home: House, path: Path, preset: str) -> Run:
    """The import, with a look at its memory every so often."""
    began = time.monotonic()
    running = home.start("import", path, "--preset", preset)
    process, memory = psutil.Process(running.pid), []
    text = None
    while text is None:
        with suppress(psutil.Error):
            memory.append((time.monotonic() - began, process.memory_info().rss))
        with suppress(TimeoutExpired):
            text, _nothing = running.communicate(timeout=GLANCE)
    seconds = time.monotonic() - began
    if running.returncode not in (0, 1):
        raise Broken(f"the import ended with {running.returncode}: {text}")
    return Run(json.loads(text), seconds, memory)


def expect(run: Run, **counts: int) -> None:
    """A fast import that brings in something else than the list is no import."""
    if run.answer["rejected"] or any(run.answer[key] != value for key, value in counts.items()):
        found = {key: value for key, value in run.answer.items() if key != "rejects"}
        raise Broken(f"the import should have {counts}, and gave {found}")


def copied(home: House, path: Path, columns: Sequence[str], key: Sequence[str]) -> float:
    """The limit: the same file by COPY into a staging table and from there ON CONFLICT into one with a unique key."""
    plain, names = ", ".join(f"{name} text" for name in columns), ", ".join(columns)
    with home.database("konveyer_owner") as owner:
        owner.execute(f"create unlogged table bench_staged ({plain})")
        owner.execute(
            f"create table bench_limit (workspace_id uuid, {plain}, unique (workspace_id, {', '.join(key)}))"
        )
        began = time.monotonic()
        with owner.transaction():
            _copy(owner, path)
            owner.execute(
                f"insert into bench_limit select %s, {names} from bench_staged on conflict do nothing",
                [UUID(int=1)],
            )
        seconds = time.monotonic() - began
        rows = owner.execute("select count(*) from bench_staged").fetchone()
        owner.execute("drop table bench_staged, bench_limit")
    assert rows is not None
    return int(rows[0]) / seconds


def _copy(owner: "psycopg.Connection[Any]", path: Path) -> None:
    with (
        path.open("rb") as file,
        owner.cursor() as cursor,
        cursor.copy("copy bench_staged from stdin (format csv, header)") as copy,
    ):
        while block := file.read(1 << 20):
            copy.write(block)


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A CSV like those that people have."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    path.chmod(0o644)


def leads(count: int) -> Iterable[Sequence[str]]:
    """Narrow rows: code, day, page, source."""
    draw = Random(count)
    for number in range(count):
        day = f"{2024 + draw.randrange(2)}-{1 + draw.randrange(12):02}-{1 + draw.randrange(28):02}"
        yield f"{number:032x}", day, f"page-{draw.randrange(400)}", draw.choice(ORIGINS)


def people(numbers: range, *, spelled_otherwise: bool = False) -> Iterable[Sequence[str]]:
    """Name, address, phone, company; with `spelled_otherwise` the phones are written as people write them."""
    for number in numbers:
        last, first = f"{LAST[number % 10]}-{number // 10}", FIRST[number % 6]
        digits = f"{9_000_000_000 + number}"
        phone = (
            f"8 ({digits[:3]}) {digits[3:6]}-{digits[6:8]}-{digits[8:]}"
            if spelled_otherwise
            else f"+7{digits}"
        )
        mail = f"{'Person' if spelled_otherwise else 'person'}{number}@firm{number // 3}.example"
        yield last, first, mail, phone, f"ООО «Фирма {number // 3}»"
