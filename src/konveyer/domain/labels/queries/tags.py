"""Which tags there are, and on which records they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from konveyer.domain.labels.models import Tag
from konveyer.domain.labels.rules.tags import KINDS
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.queries.filters import in_view
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound

Borne = dict[UUID, list[Tag]]
MOST_COUNTED = 1000


@dataclass(frozen=True)
class TagCount:
    """A tag with how many records of each kind bear it."""

    tag: Tag
    companies: int
    contacts: int
    leads: int


def tags(actor: Actor, *, all_of_them: bool = False) -> list[Tag]:
    """Tags by name; those out of use only on request. One query."""
    rows = Tag.objects.filter(workspace_id=actor.workspace_id).order_by("name_key")
    return list(rows if all_of_them else rows.filter(retired_at__isnull=True))


def counted(actor: Actor) -> list[TagCount]:
    """All tags by name with how many records bear them, up to MOST_COUNTED of each kind. Two queries."""
    parts = ", ".join(
        f"(select count(*) from (select 1 from tag_use where workspace_id = tag.workspace_id and tag_id = tag.id"
        f" and {kind}_id is not null limit {MOST_COUNTED}) bounded)"
        for kind in KINDS
    )
    with connection.cursor() as cursor:
        cursor.execute(f"select id, {parts} from tag where workspace_id = %s", [actor.workspace_id])
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    return [TagCount(tag, *found.get(tag.pk, (0, 0, 0))) for tag in tags(actor, all_of_them=True)]


def borne(workspace_id: UUID, kind: str, ids: Iterable[UUID]) -> Borne:
    """The tags of each of these companies, contacts or leads, by name. One query, two where there are any."""
    of = f"{kind}_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {of}, tag_id from tag_use where workspace_id = %s and {of} = any(%s)",
            [workspace_id, list(ids)],
        )
        uses = cursor.fetchall()
    bearers: dict[UUID, list[UUID]] = {}
    for pk, tag_id in uses:
        bearers.setdefault(tag_id, []).append(pk)
    found: Borne = {}
    rows = Tag.objects.filter(workspace_id=workspace_id, pk__in=bearers).order_by("name_key")
    for tag in rows if bearers else ():
        for pk in bearers[tag.pk]:
            found.setdefault(pk, []).append(tag)
    return found


def borne_by(actor: Actor, kind: str, pk: UUID) -> list[Tag]:
    """The tags of one record that the actor may see. Raises Forbidden, NotFound."""
    require_seen(actor, kind, pk)
    return borne(actor.workspace_id, kind, [pk]).get(pk, [])


def require_seen(actor: Actor, kind: str, pk: UUID) -> int:
    """The version of a record that the actor may read. Raises Forbidden, NotFound."""
    if kind == "lead":
        actor.require(Right.LEADS_WORK)
        rows = Lead.objects.filter(in_view(actor), workspace_id=actor.workspace_id, pk=pk)
    else:
        actor.require(Right.BASE_READ)
        model: type[Company] | type[Contact] = Company if kind == "company" else Contact
        rows = model._default_manager.filter(workspace_id=actor.workspace_id, pk=pk)  # type: ignore[assignment]
    version: int | None = rows.values_list("version", flat=True).first()
    if version is None:
        raise NotFound("record_not_found", _("There is no such record, or it is not in your view."))
    return version
