"""Letters under kill -9 and cut connections: none lost, none doubled, and what nobody knows is said so."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from random import Random

import pytest

from konveyer.domain.delivery.rules.outbox import LEASE
from tests.house import House
from tests.mail_server import Manners, serving

LETTERS = int(os.environ.get("KONVEYER_LETTERS", "10000"))
KILLS = 50
OVER = str(LEASE.total_seconds() + 60)


def part(house: House, *asked: str) -> str:
    """A part of the post that ends by itself; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos.post", *asked],
        env=house.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip().splitlines()[-1]


def sender(house: House, mailbox: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.chaos.post", "send", mailbox],
        env=house.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def until_settled(house: House, mailbox: str, seconds: float) -> dict[str, list[str]]:
    """Send on and sweep until nothing waits."""
    end = time.monotonic() + seconds
    helper = sender(house, mailbox)
    try:
        while time.monotonic() < end:
            found: dict[str, list[str]] = json.loads(part(house, "states", mailbox))
            if not {"queued", "claimed", "at_dot"} & set(found):
                return found
            if "queued" not in found:
                part(house, "sweep", OVER)
            time.sleep(1)
    finally:
        helper.kill()
        helper.wait()
    raise AssertionError({state: len(ids) for state, ids in found.items()})


def arrived(manners: Manners) -> Counter[str]:
    return Counter(message_from_bytes(raw)["Message-ID"] for raw in manners.taken)


@pytest.mark.shows("F1")
@pytest.mark.timeout(3000)
def test_letters_under_fifty_kills(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    draw, manners = Random(7), Manners()
    house.environment["KONVEYER_ALLOW_PRIVATE_MAIL"] = "1"
    house.start()  # its worker sends as well
    with serving("smtp", manners) as port:
        mailbox = part(house, "queue", str(LETTERS), str(port))
        senders = [sender(house, mailbox) for _two in range(2)]
        began, kills = time.monotonic(), 0
        while kills < KILLS:
            time.sleep(draw.uniform(2, 4))
            victim = senders.pop(0)
            victim.kill()
            victim.wait()
            senders.append(sender(house, mailbox))
            kills += 1
        for one in senders:
            one.kill()
            one.wait()
        part(house, "sweep", OVER)
        found = until_settled(house, mailbox, 1800)
    seconds = time.monotonic() - began
    came = arrived(manners)
    unknown = set(found.get("unknown", ()))
    lost = [ident for ident in found["accepted"] if not came[ident]]
    doubled = [ident for ident, times in came.items() if times > 1]
    figures = {
        "letters": LETTERS,
        "kills": kills,
        "lost": len(lost),
        "doubled": len(doubled),
        "unknown": len(unknown),
        "seconds": round(seconds),
    }
    with capsys.disabled():
        print(f"\n{json.dumps(figures)}")
    assert sum(len(ids) for ids in found.values()) == LETTERS
    assert (lost, doubled) == ([], [])
    assert set(found) <= {"accepted", "unknown"}
    assert len(unknown) <= kills + 2  # the last two senders were killed too


@pytest.mark.shows("F2")
@pytest.mark.timeout(3000)
def test_two_hundred_of_two_thousand_cut_after_the_dot(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    manners = Manners(dot=[answer for _ten in range(200) for answer in (*["250 2.0.0 taken"] * 9, "cut")])
    house.environment["KONVEYER_ALLOW_PRIVATE_MAIL"] = "1"
    house.start()
    with serving("smtp", manners) as port:
        mailbox = part(house, "queue", "2000", str(port))
        found = until_settled(house, mailbox, 1200)
    came = arrived(manners)
    figures = {state: len(ids) for state, ids in found.items()} | {
        "sent again": sum(times > 1 for times in came.values())
    }
    with capsys.disabled():
        print(f"\n{json.dumps(figures)}")
    assert figures == {"accepted": 1800, "unknown": 200, "sent again": 0}
    assert len(came) == 2000
