"""Contents on disk: his files, and lists that were imported and name him."""

from __future__ import annotations

import zipfile
from functools import partial
from io import BytesIO
from uuid import UUID

from django.db import connection, transaction

from konveyer.domain.erasure.queries.held import Person, where
from konveyer.domain.imports.models import Batch
from konveyer.domain.notes.ports import store

ENCODINGS = ("utf-8", "cp1251", "utf-16-le")


def drop_files(workspace_id: UUID, found: Person) -> int:
    """Contents of the files on his records go when this is committed. Returns how many."""
    condition, values = where("file", found)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select stored_as from file t where t.workspace_id = %s and ({condition})",
            [workspace_id, *values],
        )
        names = [row[0] for row in cursor.fetchall()]
    for name in names:
        transaction.on_commit(partial(store().drop, name))
    return len(names)


def drop_import_files(workspace_id: UUID, words: list[str]) -> int:
    """Kept lists in which he stands go, with their sample rows; an import that was broken off cannot go on then."""
    dropped = 0
    for batch in (
        Batch.objects.select_for_update(of=("self",)).filter(workspace_id=workspace_id).exclude(stored_as="")
    ):
        if _names(batch.stored_as, words):
            name, batch.stored_as = batch.stored_as, ""
            batch.sample = []
            batch.save(update_fields=["stored_as", "sample"])
            transaction.on_commit(partial(store().drop, name))
            dropped += 1
    return dropped


def _names(stored_as: str, words: list[str]) -> bool:
    try:
        with store().open(stored_as) as content:
            raw = content.read()
    except FileNotFoundError:
        return False
    parts = [raw]
    if zipfile.is_zipfile(BytesIO(raw)):
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    return any(_in(word, part) for word in words for part in parts)


def _in(word: str, content: bytes) -> bool:
    return any(
        word.encode(encoding, "ignore") in content
        for encoding in ENCODINGS
        if word.encode(encoding, "ignore")
    )
