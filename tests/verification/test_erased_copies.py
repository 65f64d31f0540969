"""Whoever was erased is in no dump of the database, in no copy made afterwards, and not in an older copy that came back."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from konveyer.adapters.postgres import serving
from konveyer.adapters.postgres.binaries import own_programs
from tests.house import House
from tests.unit.erasure.test_erasing import CANARIES, found_on_disk

pytestmark = pytest.mark.timeout(600)  # whole programs are started, on a machine that may be busy
ROOT = Path(__file__).resolve().parents[2]
NORTH = ("--workspace", "northern-method")


def filled(house: House) -> str:
    """The home gets a person who went through everything; his number."""
    with serving(house.home, durable=False) as cluster:
        reach = cluster.dsn("konveyer_app")
        made = subprocess.run(
            [sys.executable, "-m", "tests.verification.canaries"],
            cwd=ROOT,
            env=house.environment
            | {
                "KONVEYER_DB_HOST": str(reach["host"]),
                "KONVEYER_DB_PORT": str(reach["port"]),
                "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert made.returncode == 0, made.stderr[-3000:]
    return made.stdout.split()[-1]


def dumped(house: House) -> str:
    """The whole database as pg_dump writes it."""
    with serving(house.home, durable=False) as cluster:
        dsn = cluster.dsn("konveyer_owner")
        command = [str(own_programs() / "pg_dump"), "-h", str(dsn["host"]), "-p", str(dsn["port"])]
        return subprocess.run(
            [*command, "-U", "konveyer_owner", "konveyer"], capture_output=True, text=True, check=True
        ).stdout


def unpacked(copy: Path, folder: Path) -> tuple[str, Path]:
    """A backup taken apart: its dump as text, and the folder of its files."""
    with tarfile.open(copy) as tar:
        tar.extractall(folder, filter="data")
    text = subprocess.run(
        [str(own_programs() / "pg_restore"), "-f", "-", str(folder / "database.dump")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (folder / "database.dump").unlink()  # packed: its words cannot be read in it
    return text, folder


def found_in(text: str) -> list[str]:
    return [word for word in CANARIES if word.lower() in text.lower()]


def saved(house: House, name: str) -> Path:
    target = house.home.parent / name
    made = house.run("backup", str(target), "--with-key", "--json")
    assert made.returncode == 0, made.stderr
    return target


@pytest.mark.shows("I3.erasure", "F27")
def test_an_erased_person_is_in_no_dump_and_no_copy(house: House, tmp_path: Path) -> None:
    contact = filled(house)
    assert set(found_in(dumped(house))) == set(CANARIES) - {"zqcontent"}, "every canary was in the dump"
    former = saved(house, "former.tar")
    text, files = unpacked(former, tmp_path / "former")
    assert set(found_in(text)) == set(CANARIES) - {"zqcontent"}
    assert {line.partition(": ")[2] for line in found_on_disk(files / "files", CANARIES)} >= {"zqcontent"}

    erased = house.run("erase", contact, *NORTH, "--json")
    assert erased.returncode == 0, erased.stderr
    assert found_in(dumped(house)) == []
    assert found_on_disk(house.home / "files", CANARIES) == []
    text, files = unpacked(saved(house, "later.tar"), tmp_path / "later")
    assert found_in(text) == []
    assert found_on_disk(files, CANARIES) == []

    restored = house.run("restore", str(former), "--replace", "--json")
    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout)["erased_again"] == 1
    assert found_in(dumped(house)) == []
    assert found_on_disk(house.home / "files", CANARIES) == []
    again = house.run("restore", str(former), "--replace", "--json")
    assert json.loads(again.stdout)["erased_again"] == 1, "as often as it comes back"
    assert found_in(dumped(house)) == []
