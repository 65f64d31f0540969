"""Makes docs/coverage.md: each requirement → the tests that show it, the command, its state.

Requirements stand in docs/requirements.toml; tests name what they show with @pytest.mark.shows("S24", …), a test
module in a module-level `pytestmark`, bench lines with a comment `# shows: P6`. `--check` fails when the page is old.
"""

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "coverage.md"
COMMANDS = {"unit": "make test", "web": "make test", "verification": "make test", "e2e": "make e2e", "chaos": "make chaos",
            "bench": "make bench"}  # fmt: skip


def marks(path: Path) -> list[tuple[str, str]]:
    """(requirement, test) pairs of one file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "shows":
            owner = _owner(tree, node)
            found += [(arg.value, owner) for arg in node.args if isinstance(arg, ast.Constant)]
    for match in re.finditer(r"# shows: ([A-Z0-9., a-z-]+)", path.read_text(encoding="utf-8")):
        found += [(name.strip(), path.stem) for name in match[1].split(",")]
    return found


def _owner(tree: ast.Module, call: ast.Call) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and any(
            call in ast.walk(decorator) for decorator in node.decorator_list
        ):
            return node.name
    return "(whole module)"


def gather() -> dict[str, list[tuple[str, str, str]]]:
    """requirement → (file, test, command)."""
    shown: dict[str, list[tuple[str, str, str]]] = {}
    for folder, command in COMMANDS.items():
        base = ROOT / folder if folder == "bench" else ROOT / "tests" / folder
        for path in sorted(base.rglob("*.py")):
            for requirement, test in marks(path):
                shown.setdefault(requirement, []).append((str(path.relative_to(ROOT)), test, command))
    return shown


def page() -> str:
    """The page's text."""
    listed = tomllib.loads((ROOT / "docs" / "requirements.toml").read_text(encoding="utf-8"))
    shown = gather()
    lines = [
        "# Coverage",
        "",
        "Made by `make coverage` from the markers on the tests; `make check` fails when it is old. "
        "**shown**: tests hold it; **partly**: some of it, the rest said; **none**: not built yet.",
    ]
    known: set[str] = set()
    for title, entries in listed.items():
        lines += ["", f"## {title.capitalize()}", "", "| id | what | state | shown by |", "|---|---|---|---|"]
        for name, entry in entries.items():
            known.add(name)
            lines.append(_line(name, entry, shown.get(name, [])))
    more = sorted(name for name in set(shown) - known if name.startswith("I"))
    if more:
        lines += ["", "## More that tests show", "", "| id | state | shown by |", "|---|---|---|"]
        lines += [_line(name, "", shown[name]).replace(" |  | ", " | ", 1) for name in more]
    strangers = sorted(set(shown) - known - set(more))
    if strangers:
        raise SystemExit(f"Tests show what docs/requirements.toml does not list: {', '.join(strangers)}")
    return "\n".join(lines) + "\n"


def _line(name: str, entry: object, tests: list[tuple[str, str, str]]) -> str:
    text, state, why = (
        (entry, "", "") if isinstance(entry, str) else (entry["text"], entry["state"], entry["why"])
    )  # type: ignore[index]
    state = state or ("shown" if tests else "none")
    if why:
        state += f": {why}"
    files = sorted({(path, command) for path, _test, command in tests})
    shown = "; ".join(
        f"`{path}` ({sum(where == path for where, _t, _c in tests)}, {command})" for path, command in files
    )
    return f"| {name} | {text} | {state} | {shown} |"


def main() -> None:
    text = page()
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            raise SystemExit("docs/coverage.md is old: run `make coverage` and commit it.")
    else:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
