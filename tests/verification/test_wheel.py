"""The built wheel in an empty environment without Node: it is complete, and `init` and `up` work from it alone."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.installed import works_alone

pytestmark = pytest.mark.timeout(400)  # a whole program is started, on a machine that may be busy

PROJECT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without fetching anything."""
    place = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(place),
    ]
    done = subprocess.run([*build, str(PROJECT)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (made,) = place.glob("konveyer-*.whl")
    return made


@pytest.mark.shows("I2.wheel")
def test_the_wheel_is_complete(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"konveyer/static/dist/app.css", "konveyer/static/dist/app.js"} <= names
    assert "konveyer/locale/ru/LC_MESSAGES/django.mo" in names
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)
    sources = {
        f"konveyer/{path.relative_to(PROJECT / 'src/konveyer').as_posix()}"
        for pattern in ("*.py", "*.html")
        for path in (PROJECT / "src/konveyer").rglob(pattern)
    }
    assert sources - names == set()


@pytest.mark.shows("I2.wheel", "I2.up")
def test_it_runs_in_an_empty_environment_without_node(wheel: Path, tmp_path: Path) -> None:
    """The libraries, which every installation has, are borrowed; `make chaos` installs them for real."""
    place = tmp_path / "environment"
    venv.create(place, with_pip=False)
    packages = next(place.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # A path named in another folder's .pth is used, but the .pth files in it are not: the checkout stays outside.
    (packages / "borrowed.pth").write_text(
        f"{next((PROJECT / '.venv' / 'lib').glob('python*/site-packages'))}\n"
    )
    script = place / "bin" / "konveyer"
    script.write_text(
        f"#!{place / 'bin' / 'python'}\nimport sys\nfrom konveyer.cli import main\nsys.exit(main())\n"
    )
    script.chmod(0o755)
    where = [str(place / "bin" / "python"), "-c", "import konveyer; print(konveyer.__file__)"]
    found = subprocess.run(where, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert found.stdout.startswith(str(place))
    works_alone(script, tmp_path / "home")
