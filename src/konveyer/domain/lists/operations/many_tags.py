"""A tag put on or taken off a whole chunk of records at once: a handful of statements, however many records.

The same as `labels.operations.tag_record` does with each of them; a test holds the two against each other.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.models import Entry
from konveyer.domain.labels.models import Tag, TagUse
from konveyer.domain.labels.queries.tags import Borne, borne
from konveyer.domain.labels.rules.tags import MOST
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.queries.filters import in_view
from konveyer.domain.lists.models import BulkAction, BulkStep
from konveyer.domain.lists.rules.selection import SUBJECTS
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.rules.actor import Actor

MODELS = {"company": Company, "contact": Contact, "lead": Lead}
WORDS = {
    "as_wanted": _("It is so already."),
    "tags_many": _("At most 30 tags on one record. Take some off first."),
    "tag_gone": _("The tag is gone."),
    "not_in_view": _("There is no such record, or it is not in your view."),
    "changed_since": _("Somebody changed it since."),
}


def work(asked: BulkAction, steps: Sequence[BulkStep], actor: Actor, at: datetime) -> None:
    """Try, do or take back (as the action's state says) this chunk; the steps are not saved here."""
    kind = SUBJECTS[asked.list]
    ids = {step: getattr(step, f"{kind}_id") for step in steps}
    seen = _held(kind, actor, list(ids.values()))
    tag = Tag.objects.filter(workspace_id=asked.workspace_id, pk=asked.params["tag"]).first()
    bears = borne(asked.workspace_id, kind, seen)
    on = asked.action == "tag"
    if asked.state == "undoing":
        on = not on
    touched: list[UUID] = []
    for step, pk in ids.items():
        has = tag is not None and tag in bears.get(pk, [])
        why = _why(asked, step, tag, has, on, pk in seen, len(bears.get(pk, [])))
        _settle(asked, step, why, has, on)
        if not why:
            touched.append(pk)
    if asked.state != "trying" and tag is not None and touched:
        _write(kind, actor, at, tag, touched, bears, on)


def _held(kind: str, actor: Actor, ids: list[UUID]) -> set[UUID]:
    """Those of the records that are there and in view, locked in one order."""
    rows = MODELS[kind]._default_manager.filter(workspace_id=actor.workspace_id, pk__in=ids)
    if kind == "lead":
        rows = rows.filter(in_view(actor))
    return set(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _why(
    asked: BulkAction, step: BulkStep, tag: Tag | None, has: bool, on: bool, seen: bool, number: int
) -> str:
    """Why the record stays as it is: a code of WORDS, "" when it changes."""
    if not seen:
        return "not_in_view"
    if tag is None:
        return "tag_gone"
    if asked.state == "undoing" and has != step.after["on"]:
        return "changed_since"
    if has == on:
        return "as_wanted"
    return "tags_many" if on and number >= MOST else ""


def _settle(asked: BulkAction, step: BulkStep, why: str, has: bool, on: bool) -> None:
    changed, stays = {
        "trying": ("would", "wont"),
        "running": ("changed", "kept"),
        "undoing": ("restored", "left"),
    }[asked.state]
    step.state, step.why, step.said = (stays, why, str(WORDS[why])) if why else (changed, "", "")
    if asked.state == "running" and not why:
        step.before, step.after = ({"tag": asked.params["tag"], "on": value} for value in (has, on))


def _write(kind: str, actor: Actor, at: datetime, tag: Tag, ids: list[UUID], bears: Borne, on: bool) -> None:
    """The tag on or off all of them, and a line of the journal for each."""
    if on:
        TagUse.objects.bulk_create(
            TagUse(
                workspace_id=actor.workspace_id, tag=tag, at=at, member_id=actor.member_id, **{f"{kind}_id": pk}
            )
            for pk in ids
        )  # fmt: skip
    else:
        TagUse.objects.filter(workspace_id=actor.workspace_id, tag=tag, **{f"{kind}_id__in": ids}).delete()
    Entry.objects.bulk_create(_line(kind, actor, at, tag, pk, bears.get(pk, []), on) for pk in ids)


def _line(kind: str, actor: Actor, at: datetime, tag: Tag, pk: UUID, had: list[Tag], on: bool) -> Entry:
    became = sorted([*had, tag], key=lambda one: one.name_key) if on else [one for one in had if one != tag]
    return Entry(
        workspace_id=actor.workspace_id, at=at, actor_id=actor.member_id, by=actor.by, subject=kind, subject_id=pk,
        action="tagged", before={"tags": [one.name for one in had]}, after={"tags": [one.name for one in became]},
    )  # fmt: skip
