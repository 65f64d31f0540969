"""A file that can be given up when the disk is full, so that the database can still start and be tidied."""

import os
import shutil
from pathlib import Path

SIZE = 64 * 1024 * 1024
PLENTY = 16 * SIZE


def keep(folder: Path) -> None:
    """Lay the ballast down while there is plenty of room."""
    path = folder / "ballast"
    if path.exists() or shutil.disk_usage(folder).free < PLENTY:
        return
    with path.open("wb") as file:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, SIZE)
        else:
            file.write(bytes(SIZE))


def give_up(folder: Path) -> bool:
    """Free its room when hardly any is left; True if it was there."""
    path = folder / "ballast"
    if not path.exists() or shutil.disk_usage(folder).free >= SIZE:
        return False
    path.unlink()
    return True
