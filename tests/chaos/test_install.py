"""The wheel with its libraries, installed by pip into an empty environment, as a user would."""

import subprocess
import venv
from pathlib import Path

import pytest

from tests.installed import works_alone
from tests.verification.test_wheel import PROJECT, wheel

__all__ = ["wheel"]


@pytest.mark.shows("I2.wheel")
@pytest.mark.timeout(600)
def test_a_user_installs_it(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "environment", with_pip=True)
    python = str(tmp_path / "environment" / "bin" / "python")
    without_hashes = tmp_path / "pinned.txt"
    lines = (PROJECT / "requirements" / "run.txt").read_text().splitlines()
    without_hashes.write_text(
        "\n".join(line.rstrip(" \\") for line in lines if not line.lstrip().startswith("--hash"))
    )
    pinned = ["-c", str(without_hashes), "--only-binary=:all:"]
    subprocess.run(
        [python, "-m", "pip", "install", "-q", *pinned, str(wheel)], check=True, capture_output=True
    )
    works_alone(tmp_path / "environment" / "bin" / "konveyer", tmp_path / "home")
