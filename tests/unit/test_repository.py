"""What a linter of imports cannot see: names, sizes, string keys, templates under a strict content policy."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "konveyer"
ORDER = (
    "workspace", "journal", "hooks", "staff", "people", "catalog", "conveyor", "delivery", "leads", "touches", "deals", "portfolio", "workplace",
    "notes", "imports", "insight", "audit", "demo",
)  # fmt: skip
BANNED = {"utils", "helpers", "common", "misc", "base", "manager", "service", "handler"}


def modules() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def test_names_say_what_a_module_is() -> None:
    found = {path for path in modules() if path.stem in BANNED and path.parent.name != "postgres"}
    assert found == set()


def test_no_module_is_two_things() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()}
    assert {name: lines for name, lines in long.items() if lines > 500} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT)
        for path in modules()
        if path.name != "apps.py"
        and path.read_text().strip()
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_rules_events_and_ports_know_nothing_of_the_database() -> None:
    guilty = []
    for path in (SOURCE / "domain").rglob("*.py"):
        inside = path.relative_to(SOURCE / "domain").parts
        if not {"rules", "events", "ports"} & {part.removesuffix(".py") for part in inside}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            guilty += [
                f"{path.relative_to(ROOT)}: {name}"
                for name in names
                if name.startswith("django.") and not name.startswith("django.utils.")
            ]
    assert guilty == []


@pytest.mark.shows("I2.workspaces")
def test_keys_point_down_the_house() -> None:
    """A foreign key named by a string escapes the import contracts; it must point down, or within its own room."""
    wrong = []
    for model in apps.get_models():
        if model._meta.app_label not in ORDER:
            continue
        for field in model._meta.local_fields:
            if isinstance(field, ForeignKey) and field.related_model is not None:
                target = field.related_model._meta.app_label  # type: ignore[union-attr]
                if target in ORDER and ORDER.index(target) > ORDER.index(model._meta.app_label):
                    wrong.append(f"{model.__name__}.{field.name} → {target}")
    assert wrong == []


@pytest.mark.shows("I2.csp")
def test_templates_hold_nothing_that_the_content_policy_refuses() -> None:
    refused = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*(nonce|src))|hx-on|javascript:", re.I)
    guilty = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCE.rglob("templates/**/*.html")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if refused.search(line)
    ]
    assert guilty == []


def test_the_project_names_no_place_it_was_made_at() -> None:
    registries = re.compile(r"(files\.pythonhosted|registry\.npmjs|pypi\.org/simple|deb\.debian)", re.I)
    guilty = [
        str(path.relative_to(ROOT))
        for name in (
            "package-lock.json",
            "requirements/run.txt",
            "requirements/test.txt",
            "requirements/build.txt",
        )
        if (path := ROOT / name).exists() and registries.search(path.read_text())
    ]
    assert guilty == []
