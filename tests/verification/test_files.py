"""The fake place for files held against the real one: the same calls, the same answers."""

import hashlib
import stat
from io import BytesIO
from pathlib import Path

import pytest

from konveyer.adapters.files.folder import FolderStore
from konveyer.domain.notes.ports import FileStore, MemoryStore, TooLarge


@pytest.fixture(params=["memory", "folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    return MemoryStore() if request.param == "memory" else FolderStore(tmp_path / "files")


@pytest.mark.parametrize("data", [b"", b"x", b"abc" * 100_000])
def test_what_is_kept_comes_back(store: FileStore, data: bytes) -> None:
    kept = store.keep(BytesIO(data), 300_000)
    assert (kept.size, kept.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert len(kept.stored_as) == 32
    with store.open(kept.stored_as) as content:
        assert content.read() == data
    with store.on_disk(kept.stored_as) as path:
        assert path.read_bytes() == data
    assert store.keep(BytesIO(data), 300_000).stored_as != kept.stored_as
    store.drop(kept.stored_as)
    store.drop(kept.stored_as)
    with pytest.raises(FileNotFoundError):
        store.open(kept.stored_as)
    with pytest.raises(FileNotFoundError), store.on_disk(kept.stored_as):
        pass


def test_too_much_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        store.keep(BytesIO(b"x" * 100_001), 100_000)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert store.keep(BytesIO(b"x" * 100_000), 100_000).size == 100_000


@pytest.mark.shows("F26")
@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "", "a" * 31, "A" * 32, "0" * 32, "\0" * 32]
)
def test_a_name_that_is_none_of_ours_opens_nothing(store: FileStore, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        store.open(name)


@pytest.mark.shows("F26")
def test_only_the_owner_may_read_and_names_are_listed(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "files")
    kept = store.keep(BytesIO(b"secret"), 100)
    place = tmp_path / "files" / kept.stored_as[:2] / kept.stored_as
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    (place.parent / "stray.part").write_bytes(b"")
    assert store.names() == {kept.stored_as}
