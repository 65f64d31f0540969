"""How the firm looks at its lists, and who recommended it to whom."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from konveyer.domain.demo.rules.words import words
from konveyer.domain.labels.models import Tag
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations.recommending import ORIGIN
from konveyer.domain.lists.models import SavedView
from konveyer.domain.people.models import Contact, ContactLink
from konveyer.domain.workspace.models import Member, Workspace


def write_views(workspace: Workspace, language: str, member: Member, today: datetime) -> None:
    """Views that all see: what is late, what waits, whoever bears the second tag, one segment."""
    tags = Tag.objects.filter(workspace=workspace, name=words(language).tags[1])
    query: dict[str, dict[str, Any]] = {
        "late": {"waits": "late"},
        "queue": {"waits": "queue"},
        "tagged": {"tag": str(tags.values_list("pk", flat=True)[0])},
        "segment": {"f.segment": words(language).fields[1]["options"][0]},
    }
    SavedView.objects.bulk_create(
        SavedView(
            workspace=workspace, member=member, name=one["name"], list=one["list"], query=query[one["what"]],
            shared="all", created_at=today,
        )
        for one in words(language).views
    )  # fmt: skip


def write_links(workspace: Workspace, draw: Random, today: datetime) -> None:
    """Leads that came by recommendation have somebody who recommended, older in the base than their own person."""
    people = list(
        Contact.objects.filter(workspace=workspace).order_by("created_at", "pk").values_list("pk", flat=True)
    )
    place = {pk: number for number, pk in enumerate(people)}
    links, leads = [], []
    came = Lead.objects.filter(workspace=workspace, origin__key=ORIGIN, contact__isnull=False)
    for lead in came.order_by("pk"):
        before = place[lead.contact_id] if lead.contact_id else 0
        if lead.contact_id is None or before == 0:
            continue
        lead.recommender_id = people[draw.randrange(before)]
        leads.append(lead)
        links.append((lead.contact_id, lead.recommender_id, lead.arrived_on))
    Lead.objects.bulk_update(leads, ["recommender_id"], batch_size=1000)
    once = {(contact, by): day for contact, by, day in links}
    ContactLink.objects.bulk_create(
        ContactLink(
            workspace=workspace, contact_id=contact, by_id=by, kind="recommended", started_on=day - timedelta(days=1),
            created_at=today,
        )
        for (contact, by), day in once.items()
    )  # fmt: skip
