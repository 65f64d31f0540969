"""The documents stand where they should and say what is there: links, the map of the house, commands, licence."""

import ast
import configparser
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "konveyer"
REQUIRED = (
    "README.md", "ARCHITECTURE.md", "GLOSSARY.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "frontend/README.md",
    "docs/coverage.md", "docs/quality.md", "docs/guide/ru/README.md", "docs/guide/en/README.md", ".ci/run", "Makefile",
)  # fmt: skip
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
TARGETS = ("setup", "demo", "test", "check", "e2e", "bench", "chaos")


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), ROOT / "frontend" / "README.md", *(ROOT / "docs").rglob("*.md")]


@pytest.mark.shows("I2.layout")
def test_the_documents_are_there_and_say_something() -> None:
    thin = [name for name in REQUIRED if not (ROOT / name).is_file() or (ROOT / name).stat().st_size < 200]
    assert thin == []


def links(page: Path) -> Iterator[str]:
    """Addresses inside the project that the page names, without code."""
    prose = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
    for address in LINK.findall(prose):
        if not re.match(r"[a-z]+:", address):
            yield address


def anchors(page: Path) -> set[str]:
    """What the headings of a page are called in addresses."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


@pytest.mark.shows("I2.layout")
def test_every_link_of_every_document_leads_somewhere() -> None:
    dead = []
    for page in documents():
        for address in links(page):
            name, _hash, anchor = address.partition("#")
            target = (page.parent / name).resolve() if name else page
            if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
                dead.append(f"{page.relative_to(ROOT)}: {address}")
    assert dead == []


@pytest.mark.shows("I2.layout")
def test_both_guides_have_the_same_pages_and_open_every_one() -> None:
    pages = {
        language: {page.name for page in (ROOT / "docs/guide" / language).glob("*.md")}
        for language in ("ru", "en")
    }
    assert pages["ru"] == pages["en"]
    for language, names in pages.items():
        contents = ROOT / "docs/guide" / language / "README.md"
        assert names - {"README.md"} <= {address.partition("#")[0] for address in links(contents)}


@pytest.mark.shows("I2.layout")
def test_decisions_are_numbered_without_gap_and_tell_context_decision_consequences_and_what_was_rejected() -> (
    None
):
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]} "), page.name
        for part in ("Context", "Decision", "Consequences", "Rejected"):
            assert re.search(rf"(\*\*|## ){part}", text), f"{page.name} lacks {part}"


def mapped() -> set[str]:
    """The packages and modules that the map in ARCHITECTURE.md names, as paths below src/konveyer."""
    found, above = set(), ""
    block = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```text")[1].split("```")[0]
    for line in block.splitlines():
        named = re.match(r"( +)([a-z_]+(?:\.py|/)) ", line)
        if named is None:
            continue
        depth, name = len(named[1]), named[2]
        if depth == 2:
            above = name
        found.add(name.rstrip("/") if depth == 2 else above + name.rstrip("/"))
    return found


@pytest.mark.shows("I2.layout")
def test_the_map_of_the_house_names_every_package_and_no_other() -> None:
    storeys = {
        path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists() or path.suffix == ".py"
    }
    rooms = {
        f"domain/{path.name}" for path in (SOURCE / "domain").iterdir() if (path / "__init__.py").exists()
    }
    assert mapped() == (storeys | rooms) - {"__init__.py", "__main__.py"}


@pytest.mark.shows("I2.layout")
def test_the_import_contracts_know_every_room_in_the_order_of_the_map() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    listed = [
        line.strip(" ()")
        for line in contracts["importlinter:contract:rooms"]["layers"].split("\n")
        if line.strip()
    ]
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    order = re.findall(r"^    ([a-z_]+)/ ", text.split("```text")[1].split("```")[0], flags=re.M)
    assert set(listed) == set(order)
    known = [name for name in order if name in listed]
    assert [name for name in listed if name in known] == known


@pytest.mark.shows("I2.layout")
def test_the_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert re.search(r"Contracts: [6-9] kept, 0 broken", done.stdout)


@pytest.mark.shows("I2.layout")
def test_the_licence_is_apache_2_and_the_package_says_so() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text.splitlines()[0] + text.splitlines()[1]
    assert "Version 2.0, January 2004" in text
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert "LICENSE" in project["license-files"]


@pytest.mark.shows("I2.make")
def test_the_makefile_has_every_command_and_the_documents_name_no_other() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    made = set(re.findall(r"^([a-z0-9]+):", text, flags=re.M))
    assert set(TARGETS) <= made
    phony = re.search(r"^\.PHONY: (.+)$", text, flags=re.M)
    assert phony is not None
    assert made <= set(phony[1].split())
    named = {
        (page.name, target)
        for page in documents()
        for target in re.findall(r"(?:`|^)make ([a-z0-9]+)", page.read_text(encoding="utf-8"), flags=re.M)
    }
    assert {(page, target) for page, target in named if target not in made} == set()
    assert {target for page, target in named if page == "README.md"} >= {"demo", "test", "setup"}


@pytest.mark.shows("I2.make")
@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_how(target: str) -> None:
    """A dry run: rules without a recipe, or prerequisites nobody makes, end it with an error."""
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.shows("I2.make")
def test_ci_runs_what_a_contributor_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    text = script.read_text(encoding="utf-8")
    steps = re.findall(r'^\s*step "[a-z0-9]+" make PYTHON="\$PYTHON" ([a-z0-9]+)$', text, flags=re.M)
    assert steps == ["setup", "check", "test", "e2e"]
    done = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.shows("I2.layout")
def test_the_commands_in_the_documents_exist() -> None:
    told = subprocess.run(
        [Path(sys.executable).with_name("konveyer"), "--help"], capture_output=True, text=True, check=True
    ).stdout
    known = set(re.findall(r"^    ([a-z-]+)(?:  |$)", told, flags=re.M))
    assert "init" in known
    named = {
        (page.name, command)
        for page in documents()
        for command in re.findall(r"(?:`|^|/)konveyer ([a-z]+)", page.read_text(encoding="utf-8"), flags=re.M)
    }
    assert {(page, command) for page, command in named if command not in known} == set()
    assert {command for page, command in named if page == "README.md"} >= {"init", "up", "doctor"}


def coverage() -> ModuleType:
    """tools/coverage.py as a module."""
    found = importlib.util.spec_from_file_location("coverage_page", ROOT / "tools" / "coverage.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.shows("I2.coverage")
def test_the_coverage_page_is_what_the_markers_make_now() -> None:
    page = coverage().page()
    assert (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8") == page


@pytest.mark.shows("I2.coverage")
def test_every_rule_line_and_figure_is_listed_and_every_marker_names_one() -> None:
    listed = tomllib.loads((ROOT / "docs" / "requirements.toml").read_text(encoding="utf-8"))
    names = {name for part in listed.values() for name in part}
    assert {f"R{number}" for number in range(1, 38)} <= names
    assert {f"S{number}" for number in range(1, 35)} <= names
    assert {f"P{number}" for number in range(1, 10)} <= names
    missing_numbers = {7, 8, 13, 16, 21}
    assert {f"F{number}" for number in range(1, 28) if number not in missing_numbers} <= names
    assert {name for name in coverage().gather() if not name.startswith("I")} <= names


@pytest.mark.shows("I2.coverage")
def test_what_counts_as_shown_is_shown_by_a_test_that_is_not_skipped() -> None:
    listed = tomllib.loads((ROOT / "docs" / "requirements.toml").read_text(encoding="utf-8"))
    full = {name for part in listed.values() for name, said in part.items() if isinstance(said, str)}
    alive: set[str] = set()
    for name, tests in coverage().gather().items():
        alive |= (
            {name} if any(not _always_skipped(ROOT / path, test) for path, test, _command in tests) else set()
        )
    claimed = set(re.findall(r"^\| ([A-Z0-9a-z.-]+) \| [^|]* \| shown \|", coverage().page(), flags=re.M))
    assert claimed <= alive
    assert claimed <= full


def _always_skipped(path: Path, test: str) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == test:
            return any("mark.skip(" in ast.unparse(decorator) for decorator in node.decorator_list)
    return False
