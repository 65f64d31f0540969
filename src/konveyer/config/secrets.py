"""Keys derived from the one secret of this installation, `KONVEYER_HOME/secret.key` or `KONVEYER_SECRET`."""

import hashlib
import hmac
import os
import secrets as random
from functools import cache
from pathlib import Path


def key_file() -> Path:
    """Where the key lives: beside the data, never in the database."""
    home = os.environ.get("KONVEYER_HOME") or str(Path.home() / ".local/share/konveyer")
    return Path(home) / "secret.key"


@cache
def _root() -> bytes:
    if os.environ.get("KONVEYER_SECRET"):
        return os.environ["KONVEYER_SECRET"].encode()
    try:
        return key_file().read_bytes().strip()
    except (FileNotFoundError, PermissionError, NotADirectoryError):
        # Before `init` there is no home: tools that only import the settings get a key of their own.
        return random.token_hex(32).encode()


def make_key_file() -> None:
    """Create the key, readable by its owner alone, unless it is there."""
    path = key_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(random.token_hex(32))
    _root.cache_clear()


def secret(purpose: str) -> str:
    """A 256-bit key for one purpose, as hex; other purposes learn nothing from it."""
    return hmac.new(_root(), purpose.encode(), hashlib.sha256).hexdigest()
