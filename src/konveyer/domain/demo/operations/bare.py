"""Tables without indexes, keys and marks while they are filled; all are put back, checked, before the commit."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

FEW = (
    50_000  # rows that a table may hold and still be taken for empty: building its indexes anew costs nothing
)


@contextmanager
def bare(cursor: Any, tables: Sequence[str], *, looked_up: Sequence[str] = ()) -> Iterator[bool]:
    """Inside a transaction of the owner; yields False, having done nothing, when a table holds many rows already.

    `looked_up` are those that checks of other tables read while all are filled: they keep their indexes.

    Unique keys stay, and partial indexes, which hold few rows. Foreign keys come back validated over all rows.
    """
    if any(_many(cursor, table) for table in tables):
        yield False
        return
    again: list[str] = []
    for table in tables:
        again = _stripped(cursor, table, indexes=table not in looked_up) + again
    cursor.execute("set local maintenance_work_mem = '512MB'")  # the check of a foreign key works in it too
    yield True
    cursor.execute(f"analyze {', '.join(tables)}")
    for statement in sorted(again, key=lambda text: text.startswith("alter")):  # indexes first
        cursor.execute(statement)


def _many(cursor: Any, table: str) -> bool:
    cursor.execute(f"select count(*) > {FEW} from (select from {table} limit {FEW + 1}) found")
    return bool(cursor.fetchone()[0])


def _stripped(cursor: Any, table: str, *, indexes: bool) -> list[str]:
    """What puts back that which was taken off."""
    cursor.execute(
        "select conname, pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass and contype = 'f'",
        [table],
    )
    keys = cursor.fetchall()
    cursor.execute(
        """select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
            where i.indrelid = %s::regclass and i.indpred is null and i.indexprs is null
              and not exists (select from pg_constraint c where c.conindid = i.indexrelid)""",
        [table],
    )
    plain = cursor.fetchall() if indexes else []
    cursor.execute(  # statement triggers keep the months of the funnel marked
        "select tgname from pg_trigger where tgrelid = %s::regclass and not tgisinternal and tgtype & 1 = 0",
        [table],
    )
    marks = [row[0] for row in cursor.fetchall()]
    for statement in (
        *(f'alter table {table} drop constraint "{name}"' for name, _definition in keys),
        *(f"drop index {name}" for name, _definition in plain),
        *(f"alter table {table} disable trigger {name}" for name in marks),
    ):
        cursor.execute(statement)
    return [
        *(definition for _name, definition in plain),
        *(f'alter table {table} add constraint "{name}" {definition}' for name, definition in keys),
        *(f"alter table {table} enable always trigger {name}" for name in marks),
    ]
