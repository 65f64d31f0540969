"""Taking a person out of every store (rules.places says which), in the transaction that is open."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from konveyer.domain.duplicates.models import Key, Merge, Pair
from konveyer.domain.erasure.models import Suppression
from konveyer.domain.erasure.operations.files import drop_files, drop_import_files
from konveyer.domain.erasure.queries.hashes import hash_of
from konveyer.domain.erasure.queries.held import Person, counts, here, person, where
from konveyer.domain.erasure.rules.places import BLANKED, GOES, REDACTED, STRUCK, words_of
from konveyer.domain.journal.models import PersonalValue
from konveyer.domain.journal.operations import record
from konveyer.domain.people.models import ContactPoint, PointUse
from konveyer.domain.workspace.rules.actor import Actor


def take_out(*, actor: Actor, at: datetime, contact_id: UUID) -> tuple[list[str], dict[str, int]]:
    """Erase the person; the number stays without anything behind it, so that figures stay. Returns hashes and counts."""
    found = person(actor, contact_id, lock=True)
    told = counts(actor.workspace_id, found)
    points = _points(actor, found)
    contact = found.contact
    words = words_of(
        contact.first_name, contact.last_name, contact.patronymic, [value for _kind, value in points]
    )
    hashes = sorted({hash_of(actor.workspace_id, kind, value) for kind, value in points})
    Suppression.objects.bulk_create(
        [Suppression(workspace_id=actor.workspace_id, hash=one, since=at) for one in hashes],
        ignore_conflicts=True,
    )
    told["contents"] = drop_files(actor.workspace_id, found)
    told["import_files"] = drop_import_files(actor.workspace_id, words)
    _go(actor.workspace_id, found)
    _blank(actor.workspace_id, found)
    _drop_points(actor.workspace_id, points)
    _forget_beside(actor.workspace_id, found)
    _redact(actor.workspace_id, words)
    told["journal"] = _journal(found, words)
    _answers(actor.workspace_id, found, words)
    record(
        actor=actor, at=at, subject="contact", subject_id=contact_id, action="erased",
        after={name: count for name, count in told.items() if count},
    )  # fmt: skip
    return hashes, told


def _points(actor: Actor, found: Person) -> list[tuple[str, str]]:
    """(kind, value) of all his contact points, those that only the journal remembers among them."""
    uses = PointUse.objects.filter(workspace_id=actor.workspace_id, contact_id__in=found.ids)
    points = set(uses.values_list("point__kind", "point__value"))
    kinds = ("phone", "email", "telegram", "whatsapp", "max", "vk")
    former = PersonalValue.objects.filter(
        workspace_id=actor.workspace_id, owner_id__in=found.ids, field__in=kinds
    )
    for kind, before, after in former.values_list("field", "before", "after"):
        points |= {(kind, str(value).partition(" #")[0]) for value in (before, after) if value}
    return sorted(points)


def _go(workspace_id: UUID, found: Person) -> None:
    for table in here(GOES):
        condition, values = where(table, found)
        _run(f"delete from {table} t where t.workspace_id = %s and ({condition})", [workspace_id, *values])


def _blank(workspace_id: UUID, found: Person) -> None:
    for table, columns in BLANKED.items():
        condition, values = where(table, found)
        sets = ", ".join(f"{column} = {value.replace('%', '%%')}" for column, value in columns.items())
        more = ", version = version + 1" if table in ("contact", "lead", "deal") else ""
        _run(
            f"update {table} t set {sets}{more} where t.workspace_id = %s and ({condition})",
            [workspace_id, *values],
        )


def _drop_points(workspace_id: UUID, points: list[tuple[str, str]]) -> None:
    """Values that nobody else has go; touches made through them stay, without the value."""
    rows = ContactPoint.objects.filter(
        workspace_id=workspace_id, value__in=[value for _kind, value in points]
    )
    used = PointUse.objects.filter(workspace_id=workspace_id, point__in=rows).values_list(
        "point_id", flat=True
    )
    gone = list(rows.exclude(pk__in=list(used)).values_list("pk", flat=True))
    _run(
        "update touch set point_id = null where workspace_id = %s and point_id = any(%s)",
        [workspace_id, gone],
    )
    _run(
        "update consent set point_id = null where workspace_id = %s and point_id = any(%s)",
        [workspace_id, gone],
    )
    ContactPoint.objects.filter(workspace_id=workspace_id, pk__in=gone).delete()


def _forget_beside(workspace_id: UUID, found: Person) -> None:
    """Merges, pairs and keys of duplicates; webhooks that named him; personal values beside the journal."""
    Merge.objects.filter(workspace_id=workspace_id, kind="contact", kept_id__in=found.ids).delete()
    Merge.objects.filter(workspace_id=workspace_id, kind="contact", gone_id__in=found.ids).delete()
    Pair.objects.filter(workspace_id=workspace_id, one_id__in=found.ids).delete()
    Pair.objects.filter(workspace_id=workspace_id, other_id__in=found.ids).delete()
    Key.objects.filter(workspace_id=workspace_id, record_id__in=found.ids).delete()
    _run(
        "delete from webhook_delivery where workspace_id = %s and payload::text like any(%s)",
        [workspace_id, [f"%{one}%" for one in found.ids]],
    )
    _run(
        "delete from journal_personal_value where workspace_id = %s and owner_id = any(%s)",
        [workspace_id, found.everything],
    )
    _run(
        "delete from journal_personal_value v using journal_entry e where v.workspace_id = %s and e.workspace_id = v.workspace_id"
        " and e.id = v.entry_id and e.subject_id = any(%s)",
        [workspace_id, found.everything],
    )


def _redact(workspace_id: UUID, words: list[str]) -> None:
    """His addresses, phones and full name are struck out of what was written elsewhere."""
    if not words:
        return
    likes = [f"%{_plain(word)}%" for word in words]
    for table in here(REDACTED):
        for column in REDACTED[table]:
            text = f'"{column}"::text'
            struck = text
            for _word in words:
                struck = f"replace({struck}, %s, '{STRUCK}')"
            kind = _type(table, column)
            values = [part for word in words for part in (word,)]
            _run(
                f'update {table} set "{column}" = ({struck})::{kind} where workspace_id = %s and {text} like any(%s)',
                [*values, workspace_id, likes],
            )


def _plain(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _type(table: str, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "select format_type(atttypid, null) from pg_attribute where attrelid = %s::regclass and attname = %s",
            [table, column],
        )
        row = cursor.fetchone()
    return str(row[0]) if row else "text"


def _journal(found: Person, words: list[str]) -> int:
    """Free texts of entries on his records go; elsewhere in the journal he is struck out. That is all the journal allows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select erase_from_journal(%s::uuid[], %s::text[], %s)", [found.everything, words, STRUCK]
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _answers(workspace_id: UUID, found: Person, words: list[str]) -> None:
    """Answers that are kept for repeated requests."""
    likes = [f"%{_plain(word)}%" for word in [*words, *map(str, found.ids)]]
    _run(
        "delete from answered_request where workspace_id = %s and answer::text like any(%s)",
        [workspace_id, likes],
    )


def _run(sql: str, values: list[object]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)  # type: ignore[arg-type]
