"""Every process of `konveyer up` loads its program alone, in an order of imports that tests never have."""

import subprocess
import sys

import pytest


@pytest.mark.shows("I2.up")
@pytest.mark.parametrize(
    "module", ["konveyer.config.wsgi", "konveyer.live.app", "konveyer.jobs", "konveyer.cli"]
)
def test_a_program_loads_in_an_empty_process(module: str) -> None:
    prepare = "" if module != "konveyer.jobs" else "import django; django.setup(); "
    loaded = subprocess.run(
        [sys.executable, "-c", f"{prepare}import {module}"],
        env={"DJANGO_SETTINGS_MODULE": "konveyer.config.settings", "KONVEYER_SECRET": "tests", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert loaded.returncode == 0, loaded.stderr
