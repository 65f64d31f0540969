"""What the firm writes on its records in its own words."""

from datetime import datetime
from random import Random

from konveyer.domain.demo.rules.words import words
from konveyer.domain.labels.models import Tag, TagUse
from konveyer.domain.labels.rules.tags import COLORS, key_of
from konveyer.domain.leads.models import Lead
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.models import Member, Workspace

SHARES = (0.12, 0.08, 0.2, 0.05, 0.1)  # how many of the records bear each tag, by the order of the word list


def write_labels(workspace: Workspace, language: str, member: Member, draw: Random, today: datetime) -> None:
    """Tags on a part of the companies, people and leads."""
    tags = [
        Tag(workspace=workspace, name=name, name_key=key_of(name), color=color, created_at=today)
        for name, color in zip(words(language).tags, COLORS[1:], strict=False)
    ]
    Tag.objects.bulk_create(tags)
    uses = []
    for kind, model in (("company", Company), ("contact", Contact), ("lead", Lead)):
        for pk in (
            model._default_manager.filter(workspace=workspace).order_by("pk").values_list("pk", flat=True)
        ):
            for tag, share in zip(tags, SHARES, strict=False):
                if draw.random() < share:
                    uses.append(
                        TagUse(workspace=workspace, tag=tag, at=today, member=member, **{f"{kind}_id": pk})
                    )
    TagUse.objects.bulk_create(uses, batch_size=5_000)
