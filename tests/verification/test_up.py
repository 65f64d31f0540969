"""`konveyer up` as a person meets it: it starts, says where it is, comes back, stops, and explains refusals."""

import json
import socket

import psutil
import pytest

from tests.chaos.endure import endure
from tests.house import House

pytestmark = pytest.mark.timeout(400)  # a whole program is started, on a machine that may be busy


@pytest.mark.shows("I2.up")
def test_three_kills_lose_nothing(house: House) -> None:
    figures = endure(house, ["web worker", "database", "all"])
    assert figures["kills"] == 3


@pytest.mark.shows("I2.up")
def test_it_stops_clean_and_starts_again(house: House) -> None:
    house.start()
    everybody = [process for group in house.family().values() for process in group]
    assert house.stop() == 0
    assert psutil.wait_procs(everybody, timeout=5)[1] == []
    assert "database system is shut down" in (house.home / "logs" / "postgres.log").read_text()
    house.start()
    assert house.stop() == 0


@pytest.mark.shows("I2.up", "I2.doctor")
def test_a_second_one_is_told_who_is_there(house: House) -> None:
    house.start()
    assert house.up is not None
    second = house.run("up", "--port", "0", "--json")
    assert second.returncode == 3
    assert json.loads(second.stdout)["error"] == "already_up"
    assert house.url in second.stderr
    assert f"kill {house.up.pid}" in second.stderr


@pytest.mark.shows("I2.up", "I2.doctor")
def test_a_taken_port_is_named_with_its_holder(house: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        tried = house.run("up", "--port", str(port))
        assert tried.returncode == 3
        assert f"Port {port} is taken" in tried.stderr
        assert f"PID {psutil.Process().pid}" in tried.stderr
        doctor = house.run("doctor", "--port", str(port), "--json")
    assert doctor.returncode == 3
    state = {check["name"]: check["state"] for check in json.loads(doctor.stdout)["checks"]}
    assert state["port"] == "failing"


def test_a_short_command_joins_the_running_server(house: House) -> None:
    house.start()
    assert (
        house.run(
            "init", "--workspace", "Two", "--owner", "a@two.example", "--password", "long enough, this"
        ).returncode
        == 0
    )
    house.until_well()
    assert house.stop() == 0
