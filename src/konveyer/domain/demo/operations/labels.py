"""What the firm writes on its records in its own words."""

from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from konveyer.domain.demo.rules.words import words
from konveyer.domain.labels.models import CustomField, FieldOption, FieldValue, Tag, TagUse
from konveyer.domain.labels.operations.filling import row_of
from konveyer.domain.labels.rules.tags import COLORS, key_of
from konveyer.domain.leads.models import Lead
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.models import Member, Workspace

MODELS = {"company": Company, "contact": Contact, "lead": Lead}
SHARES = (0.12, 0.08, 0.2, 0.05, 0.1)  # how many of the records bear each tag, by the order of the word list


def write_labels(workspace: Workspace, language: str, member: Member, draw: Random, today: datetime) -> None:
    """Tags on a part of the companies, people and leads; fields of the firm's own and what is filled in."""
    tags = [
        Tag(workspace=workspace, name=name, name_key=key_of(name), color=color, created_at=today)
        for name, color in zip(words(language).tags, COLORS[1:], strict=False)
    ]
    Tag.objects.bulk_create(tags)
    uses = []
    for kind, model in MODELS.items():
        for pk in (
            model._default_manager.filter(workspace=workspace).order_by("pk").values_list("pk", flat=True)
        ):
            for tag, share in zip(tags, SHARES, strict=False):
                if draw.random() < share:
                    uses.append(
                        TagUse(workspace=workspace, tag=tag, at=today, member=member, **{f"{kind}_id": pk})
                    )
    TagUse.objects.bulk_create(uses, batch_size=5_000)
    for position, about in enumerate(words(language).fields):
        _fill(_field(workspace, about, position, today), draw, workspace)


def _field(workspace: Workspace, about: dict[str, Any], position: int, today: datetime) -> CustomField:
    field = CustomField.objects.create(
        workspace=workspace, subject=about["subject"], key=about["key"], name=about["name"], kind=about["kind"],
        position=position, created_at=today,
    )  # fmt: skip
    FieldOption.objects.bulk_create(
        FieldOption(workspace=workspace, field=field, name=name, position=place)
        for place, name in enumerate(about.get("options", ()))
    )
    return field


def _fill(field: CustomField, draw: Random, workspace: Workspace) -> None:
    """Two records of three have something in the field."""
    options = list(FieldOption.objects.filter(workspace=workspace, field=field).order_by("position"))
    values = []
    model = MODELS[field.subject]._default_manager
    for pk in model.filter(workspace=workspace).order_by("pk").values_list("pk", flat=True):
        if draw.random() > 0.66:
            continue
        drawn: dict[str, Any] = {
            "number": Decimal(draw.randrange(3, 400)),
            "date": date(2027, draw.randrange(1, 13), draw.randrange(1, 29)),
            "choice": draw.choice(options).pk if options else None,
            "yes": draw.random() < 0.4,
        }
        value = drawn[field.kind]
        values.append(
            FieldValue(workspace=workspace, **{f"{field.subject}_id": pk}, **row_of(field, value, ""))
        )
    FieldValue.objects.bulk_create(values, batch_size=5_000)
