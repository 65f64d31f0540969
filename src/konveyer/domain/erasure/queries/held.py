"""Everything that is held of one person, by his numbers: those of records merged into his among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from konveyer.domain.duplicates.models import Merge
from konveyer.domain.erasure.rules.places import BLANKED, GOES
from konveyer.domain.people.models import Contact
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound


@dataclass(frozen=True)
class Person:
    """The record, the numbers under which he was ever known, his leads and their deals."""

    contact: Contact
    ids: tuple[UUID, ...]
    leads: tuple[UUID, ...]
    deals: tuple[UUID, ...]

    def of(self, column: str) -> tuple[UUID, ...]:
        """The numbers that a column of this name may hold."""
        return {
            "contact_id": self.ids,
            "lead_id": self.leads,
            "deal_id": self.deals,
            "id": self.ids,
            "by_id": self.ids,
        }[column]

    @property
    def everything(self) -> list[UUID]:
        """All numbers of records that speak of him."""
        return [*self.ids, *self.leads, *self.deals]


def person(actor: Actor, contact_id: UUID, *, lock: bool = False) -> Person:
    """Raises Forbidden, NotFound."""
    actor.require(Right.SETTINGS_MANAGE)
    rows = Contact.objects.filter(workspace_id=actor.workspace_id, pk=contact_id)
    contact = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if contact is None:
        raise NotFound("contact_not_found", _("There is no such person in the base."))
    merged = Merge.objects.filter(workspace_id=actor.workspace_id, kind="contact", kept_id=contact_id)
    ids = [contact_id, *merged.values_list("gone_id", flat=True)]
    leads = _numbers(
        "select id from lead where workspace_id = %s and contact_id = any(%s)", actor.workspace_id, ids
    )
    deals = _numbers(
        "select id from deal where workspace_id = %s and lead_id = any(%s)", actor.workspace_id, leads
    )
    return Person(contact, tuple(ids), tuple(leads), tuple(deals))


def _numbers(sql: str, workspace_id: UUID, ids: list[UUID]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [workspace_id, ids])
        return [row[0] for row in cursor.fetchall()]


def here(tables: Iterable[str]) -> list[str]:
    """Those of the tables that this installation has."""
    known = {model._meta.db_table for model in apps.get_models()}
    return [table for table in tables if table in known]


def where(table: str, found: Person) -> tuple[str, list[list[UUID]]]:
    """The condition by which rows of the table are his, and its values."""
    by = {
        "contact": ("id",), "lead": ("contact_id",), "touch": ("contact_id", "lead_id"), "payment": ("deal_id",), "bulk_step": ("contact_id", "lead_id"),
    }.get(table) or GOES.get(table, ("lead_id",))  # fmt: skip
    return " or ".join(f"t.{column} = any(%s)" for column in by), [list(found.of(column)) for column in by]


def counts(workspace_id: UUID, found: Person) -> dict[str, int]:
    """How many rows go (GOES) and how many are emptied but stay (BLANKED), by table."""
    told = {}
    with connection.cursor() as cursor:
        for table in here([*GOES, *BLANKED]):
            condition, values = where(table, found)
            cursor.execute(
                f"select count(*) from {table} t where t.workspace_id = %s and ({condition})",
                [workspace_id, *values],
            )
            row = cursor.fetchone()
            told[table] = int(row[0]) if row else 0
    return told
