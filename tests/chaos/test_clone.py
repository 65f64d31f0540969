"""A clean clone on a machine with Python alone: `make test` sets itself up and finds the whole suite."""

import os
import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.shows("I2.make")
@pytest.mark.timeout(900)
def test_a_clean_clone_sets_itself_up_and_finds_the_suite(tmp_path: Path) -> None:
    clone = tmp_path / "konveyer"
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(PROJECT), str(clone)], check=True)
    bare = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("KONVEYER", "DATABASE", "PYTEST", "MAKE", "DJANGO"))
    }
    bare.pop("VIRTUAL_ENV", None)
    done = subprocess.run(
        ["make", "test", "ARGS=--co -q"], cwd=clone, env=bare, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    found = re.search(r"(\d+) tests collected", done.stdout)
    assert found is not None
    assert int(found[1]) > 1500
    for part in ("1/4", "2/4", "3/4", "4/4"):
        assert f"setup {part}" in done.stdout
    for made in (
        ".venv/bin/konveyer",
        "src/konveyer/static/dist/app.css",
        "src/konveyer/locale/ru/LC_MESSAGES/django.mo",
    ):
        assert (clone / made).exists(), made
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert status.stdout == ""  # nothing that set-up makes is left to be committed by mistake
