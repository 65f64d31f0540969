"""Tags put on a record and taken off."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import record
from konveyer.domain.labels.models import Tag, TagUse
from konveyer.domain.labels.operations.holding import hold
from konveyer.domain.labels.operations.tags import WRONG
from konveyer.domain.labels.rules.tags import COLORS, MOST, key_of, once, wrong_in
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid


@transaction.atomic
def tag_record(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    pk: UUID,
    add: Iterable[str] = (),
    remove: Sequence[UUID] = (),
) -> list[str]:
    """Put tags on a company, contact or lead by their names, and take others off; gives the names it bears now.

    Only what differs is said, so two people at it at once both get what they meant. A name that is not in the list
    yet becomes a tag of it. Raises Forbidden, NotFound, Invalid for a name that cannot be, or for too many tags.
    """
    hold(actor, kind, pk)
    mine = {"workspace_id": actor.workspace_id, f"{kind}_id": pk}
    was = _borne(mine)
    tags = named(actor, at, add)
    TagUse.objects.filter(**mine, tag_id__in=[one for one in remove if one not in tags]).delete()
    TagUse.objects.bulk_create(
        [TagUse(**mine, tag_id=tag, at=at, member_id=actor.member_id) for tag in tags], ignore_conflicts=True
    )
    became = _borne(mine)
    if len(became) > MOST:
        raise Invalid(
            "tags_many", _("At most 30 tags on one record. Take some off first."), fields={"tags": "too_many"}
        )
    if became != was:
        record(
            actor=actor, at=at, subject=kind, subject_id=pk, action="tagged",
            before={"tags": was}, after={"tags": became},
        )  # fmt: skip
    return became


def named(actor: Actor, at: datetime, names: Iterable[str]) -> list[UUID]:
    """Ids of the tags of these names; those that are not there yet are made, each in the colour that is used least.

    Raises Invalid for a name that cannot be a tag's.
    """
    wanted = {key_of(name): name for name in once(names)}
    wrong = [why for name in wanted.values() if (why := wrong_in(name))]
    if wrong:
        raise Invalid("tag_name", WRONG[wrong[0]], fields={"tags": wrong[0]})
    known = _known(actor, wanted)
    missing = [key for key in wanted if key not in known]
    if missing:
        actor.require(Right.BASE_EDIT)
        made = [
            Tag(workspace_id=actor.workspace_id, name=wanted[key], name_key=key, color=color, created_at=at)
            for key, color in zip(missing, _colors(actor, len(missing)), strict=True)
        ]
        Tag.objects.bulk_create(made, ignore_conflicts=True)  # somebody may have made it this very moment
        known = _known(actor, wanted)
        for tag in made:
            if known.get(tag.name_key) == tag.pk:
                record(
                    actor=actor, at=at, subject="tag", subject_id=tag.pk, action="created",
                    after={"name": tag.name, "color": tag.color},
                )  # fmt: skip
    return [known[key] for key in wanted]


def _known(actor: Actor, keys: Iterable[str]) -> dict[str, UUID]:
    rows = Tag.objects.filter(workspace_id=actor.workspace_id, name_key__in=list(keys))
    return dict(rows.values_list("name_key", "pk"))


def _colors(actor: Actor, number: int) -> list[str]:
    used = list(Tag.objects.filter(workspace_id=actor.workspace_id).values_list("color", flat=True))
    found: list[str] = []
    for _one in range(number):
        found.append(min(COLORS[1:], key=lambda color: used.count(color) + found.count(color)))
    return found


def _borne(mine: dict[str, UUID]) -> list[str]:
    rows = TagUse.objects.filter(**mine)
    return list(rows.order_by("tag__name_key").values_list("tag__name", flat=True))
