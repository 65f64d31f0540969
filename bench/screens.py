"""P7: how long the screens take that people look at all day, at several sizes of the base.

All sizes stand beside each other and are asked in turn, so that whatever else the machine does falls on all alike. The
time is what a reader on the same machine waits on a connection that stays open: the server's time and the wire's.
"""

# shows: P7, I2.bench

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlencode

from bench.asking import Reader
from bench.figures import Figure, at
from bench.house import House, house

SELLER = "seller@bench.example"
WARM_UP, ROUNDS = 6, 40
BARE = "bare"
GROWTH = 1.5
LOOKED_AT = 100_000  # the size that the goals speak of

_LEADS = "select id from lead where state = 'open' order by md5(id::text) limit 20"
_PEOPLE = "select last_name || ' ' || first_name from contact order by md5(id::text) limit 10"
_PHONES = "select value from contact_point where kind = 'phone' order by md5(id::text) limit 10"
_MAILS = "select value from contact_point where kind = 'email' order by md5(id::text) limit 10"
_COMPANIES = "select name from company order by md5(id::text) limit 10"
# The seeded sellers have no account; one gets the owner's password, so that a seller's day can be looked at.
_GIVE_ACCOUNT = """
with account as (
  insert into account (id, password, is_active, theme, single_keys, email, language, created_at)
  select uuidv7(), password, true, theme, single_keys, %(email)s::text, language, now() from account
   where email = %(like)s and not exists (select from account where email = %(email)s::text) returning id)
update member set user_id = account.id from account where external_key = 'seed-1'"""


@dataclass(frozen=True)
class Screen:
    """`goal`: milliseconds at 100 000 leads, for the half of the requests."""

    name: str
    paths: tuple[str, ...]
    goal: float | None = None
    who: str = "owner"


def figures(
    sizes: Sequence[int],
    rounds: int = ROUNDS,
    then: Callable[[Sequence[int], House], list[Figure]] | None = None,
) -> list[Figure]:
    """p50 and p95 of every screen at every size; `then` measures on the largest base while it stands."""
    with ExitStack() as stack:
        houses = {size: stack.enter_context(house(f"leads-{size}")) for size in sorted(sizes)}
        for size, home in houses.items():
            home.fill(size)
            home.open()
        settled = {size: home.settle() for size, home in houses.items()}
        audits = {size: audited(home) for size, home in houses.items()}
        facts = {str(size): home.settings() for size, home in houses.items()}
        by_size = {size: screens_of(home) for size, home in houses.items()}
        times = measure(houses, by_size, rounds)
        more = then(sizes, houses[max(sizes)]) if then else []
    return [
        *told(times, next(iter(by_size.values()))),
        Figure("P7 bases", len(houses), "bases", more=facts),
        *(
            Figure(f"counted after the filling, {size} leads", round(took), "s")
            for size, took in settled.items()
        ),
        *(Figure(f"audit gone through, {size} leads", round(took, 2), "s") for size, took in audits.items()),
        *more,
    ]


def audited(home: House) -> float:
    """Seconds that the whole audit takes as a command; its screen shows what it found."""
    began = time.monotonic()
    home.run("audit")
    return time.monotonic() - began


def measure(
    houses: dict[int, House], screens: dict[int, list[Screen]], rounds: int
) -> dict[str, dict[int, list[float]]]:
    """Milliseconds by screen and size."""
    readers = {
        size: {"owner": Reader(home.url).sign_in(), "seller": Reader(home.url).sign_in(SELLER)}
        for size, home in houses.items()
    }
    turns = {size: {one.name: cycle(one.paths) for one in shown} for size, shown in screens.items()}
    times: dict[str, dict[int, list[float]]] = {}
    for turn in range(WARM_UP + rounds):
        for size, shown in screens.items():
            for one in shown:
                took = readers[size][one.who].timed(next(turns[size][one.name]))
                if turn >= WARM_UP:
                    times.setdefault(one.name, {}).setdefault(size, []).append(took)
    return times


def screens_of(home: House) -> list[Screen]:
    """What is looked at, with the addresses of records of this base."""
    with home.database("konveyer_owner") as owner:
        owner.execute(_GIVE_ACCOUNT, {"email": SELLER, "like": "owner@bench.example"})
        leads, people, phones, mails, companies = (
            [str(row[0]) for row in owner.execute(sql)]
            for sql in (_LEADS, _PEOPLE, _PHONES, _MAILS, _COMPANIES)
        )
    words = [word for five in zip(people, phones, mails, companies, strict=False) for word in five]
    return [
        Screen(BARE, ("/healthz",)),
        Screen("list of leads", ("/leads/",), 15),
        Screen("list of companies", ("/base/companies/",), 15),
        Screen("list of people", ("/base/people/",), 15),
        Screen("board", ("/board/",), 40),
        Screen("lead card", tuple(f"/leads/{ident}/" for ident in leads), 30),
        Screen("search", tuple(f"/search/?{urlencode({'q': word})}" for word in words), 30),
        Screen("my day, owner", ("/",)),
        Screen("my day, seller", ("/",), who="seller"),
        Screen("daily sheet", ("/sheet/",)),
        Screen("daily sheet of the team", ("/sheet/team/",)),
        Screen("forecast", ("/funnel/forecast/",)),
        Screen("portfolio", ("/funnel/portfolio/?period=12m",)),
        Screen("companies of a class", ("/base/companies/?class=sleeping",)),
        Screen("audit", ("/audit/",)),
        Screen("results against frames", ("/audit/frames/",)),
        *(Screen(f"funnel by {by}", (f"/funnel/?by={by}",)) for by in ("origin", "month", "stage")),
    ]


def told(times: dict[str, dict[int, list[float]]], screens: Sequence[Screen]) -> list[Figure]:
    """Every screen at every size, as a ratio to a bare request at that size, and its growth from 100 000 to the most."""
    made = []
    goals = {screen.name: screen.goal for screen in screens}
    for name, by_size in times.items():
        for size, values in by_size.items():
            middle, bare = at(values, 0.5), at(times[BARE][size], 0.5)
            goal = goals[name] if size == LOOKED_AT else None
            made.append(
                Figure(
                    f"P7 {name}, {size} leads", round(middle, 2), "ms", round(bare, 2), "a bare request", round(middle / bare, 2),
                    goal=f"≤ {goal:g} ms" if goal else "", met=middle <= goal if goal else None,
                    more={"p95_ms": round(at(values, 0.95), 2), "requests": len(values)},
                )
            )  # fmt: skip
        made.extend(_growth(name, by_size))
    return made


def _growth(name: str, by_size: dict[int, list[float]]) -> list[Figure]:
    most = max(by_size)
    if name == BARE or LOOKED_AT not in by_size or most <= LOOKED_AT:
        return []
    before, after = at(by_size[LOOKED_AT], 0.5), at(by_size[most], 0.5)
    return [
        Figure(
            f"P7 {name}, growth", round(after, 2), "ms", round(before, 2), f"the same at {LOOKED_AT} leads",
            round(after / before, 2), f"≤ {GROWTH} ×", after <= GROWTH * before,
        )
    ]  # fmt: skip
