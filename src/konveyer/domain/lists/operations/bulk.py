"""One action on many records: gathered, tried, done, taken back. Small ones at once, large ones by the worker.

The trial does what the action would do and rolls it back, record by record, so its counts are those of the operation
itself. Every chunk is a transaction of its own; a worker that dies goes on with the records that wait.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import record
from konveyer.domain.lists.models import BulkAction, BulkStep
from konveyer.domain.lists.operations import many_tags
from konveyer.domain.lists.operations.asking import checked
from konveyer.domain.lists.operations.doing import DOING
from konveyer.domain.lists.queries.selected import gather
from konveyer.domain.lists.rules.actions import AT_ONCE, CHUNK, OF_LIST, PARAMS, WORKING
from konveyer.domain.lists.rules.selection import SUBJECTS, selection
from konveyer.domain.workspace.queries import actor_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import tenancy
from konveyer.kit.enqueue import enqueue
from konveyer.kit.refusal import Invalid, NotFound, Refused

JOB = "lists.bulk"
RIGHTS = {"companies": Right.BASE_EDIT, "people": Right.BASE_EDIT, "leads": Right.LEADS_WORK}
NEXT = {"trying": "tried", "running": "done", "undoing": "undone"}
SETS = {"tag": many_tags.work, "untag": many_tags.work}  # actions that are done to a whole chunk at once
MANY = 1000  # records of such a chunk
FROM = {"trying": "waiting", "running": "would", "undoing": "changed"}


@transaction.atomic
def ask(
    *,
    actor: Actor,
    at: datetime,
    list_name: str,
    action: str,
    params: Mapping[str, str],
    ids: Sequence[UUID] = (),
    query: Mapping[str, str] | None = None,
) -> BulkAction:
    """An action on these records, or (`query`) on everything that the filter finds; tried, not done yet.

    Raises Forbidden, Invalid for an action that this list does not know or a parameter that is missing.
    """
    chosen = selection(list_name, query or {})
    actor.require(RIGHTS[list_name])
    if action not in OF_LIST[list_name]:
        raise Invalid("action_unknown", _("Choose what to do."), fields={"action": "unknown"})
    asked = BulkAction(
        workspace_id=actor.workspace_id, member_id=actor.member_id, list=list_name, action=action,
        params=_checked(actor, SUBJECTS[list_name], action, params), query=chosen.query if query is not None else {},
        created_at=at, state="trying",
    )  # fmt: skip
    asked.save(force_insert=True)
    asked.total = gather(actor, asked.pk, chosen, None if query is not None else ids)
    if asked.total == 0:
        raise Invalid(
            "nothing_chosen", _("Nothing is chosen: tick some rows, or take all that the filter finds.")
        )
    asked.save(update_fields=["total"])
    return _set_off(asked, actor, at)


@transaction.atomic
def do(*, actor: Actor, at: datetime, action_id: UUID) -> BulkAction:
    """Do what was tried. Raises NotFound, Refused when it was done already or is under way."""
    asked = _hold(actor, action_id)
    if asked.state != "tried":
        raise Refused("bulk_state", _("This was done already, or is under way. Look at what became of it."))
    asked.state, asked.ready, asked.changed = "running", asked.kept, 0
    asked.save()
    record(
        actor=actor, at=at, subject="bulk_action", subject_id=asked.pk, action="bulk_done",
        after={"list": asked.list, "what": asked.action, "records": asked.total, **asked.params},
    )  # fmt: skip
    return _set_off(asked, actor, at)


@transaction.atomic
def take_back(*, actor: Actor, at: datetime, action_id: UUID) -> BulkAction:
    """Put back what nobody changed since. Raises NotFound, Refused when it was not done, or is taken back already."""
    asked = _hold(actor, action_id)
    if asked.state != "done":
        raise Refused("bulk_state", _("Only what was done and not taken back yet can be taken back."))
    asked.state, asked.ready = "undoing", asked.total - asked.changed
    asked.save()
    record(
        actor=actor,
        at=at,
        subject="bulk_action",
        subject_id=asked.pk,
        action="undone",
        after={"list": asked.list},
    )
    return _set_off(asked, actor, at)


def work_on(*, workspace_id: UUID, at: datetime, action_id: UUID) -> None:
    """The worker's part: chunk by chunk until none waits. Run twice, the second finds nothing to do."""
    while True:
        with tenancy.enter(workspace_id):
            asked = (
                BulkAction.objects.select_for_update().filter(workspace_id=workspace_id, pk=action_id).first()
            )
            if asked is None or asked.state not in NEXT:
                return
            actor = (
                actor_of(asked.member_id, workspace_id)
                if asked.member_id
                else Actor(workspace_id, by="system", rights=frozenset(Right), seen_members=None)
            )
            if not _chunk(asked, actor, at):
                return


def _hold(actor: Actor, action_id: UUID) -> BulkAction:
    """The action, locked: its own member's, or anybody's for who gives work to others."""
    found = (
        BulkAction.objects.select_for_update(of=("self",))
        .filter(workspace_id=actor.workspace_id, pk=action_id)
        .first()
    )
    if found is None or not (found.member_id == actor.member_id or actor.may(Right.LEADS_ASSIGN)):
        raise NotFound("bulk_not_found", _("There is no such action."))
    actor.require(RIGHTS[found.list])
    return found


def _set_off(asked: BulkAction, actor: Actor, at: datetime) -> BulkAction:
    if asked.total > AT_ONCE:
        enqueue(JOB, workspace_id=asked.workspace_id, action_id=asked.pk)
        return asked
    while asked.state in WORKING:
        _chunk(asked, actor, at)
    return asked


def _chunk(asked: BulkAction, actor: Actor, at: datetime) -> bool:
    """Work on the next records; False when none waited and the state was settled."""
    steps = list(
        BulkStep.objects.filter(
            workspace_id=asked.workspace_id, action_id=asked.pk, state=FROM[asked.state]
        ).order_by("id")[: MANY if asked.action in SETS else CHUNK]
    )
    if not steps:
        settled = NEXT[asked.state]
        asked.state = settled
        asked.done_at = at if settled == "done" else asked.done_at
        asked.undone_at = at if settled == "undone" else asked.undone_at
        asked.save()
        return False
    if asked.action in SETS:
        SETS[asked.action](asked, steps, actor, at)
    else:
        for step in steps:
            {"trying": _try, "running": _do, "undoing": _back}[asked.state](asked, step, actor, at)
    BulkStep.objects.bulk_update(steps, ["state", "why", "said", "before", "after"])
    _count(asked, steps)
    return True


def _count(asked: BulkAction, steps: Iterable[BulkStep]) -> None:
    states = [step.state for step in steps]
    asked.ready += len(states)
    asked.changed += sum(state in ("would", "changed") for state in states)
    asked.kept += sum(state in ("wont", "kept") for state in states)
    asked.restored += states.count("restored")
    asked.left_over += states.count("left")
    asked.save()


class _Undo(Exception):
    """Rolls the trial of one record back."""


def _try(asked: BulkAction, step: BulkStep, actor: Actor, at: datetime) -> None:
    kind, pk = subject_of(step)
    try:
        with transaction.atomic():
            DOING[asked.action].act(actor, at, kind, pk, asked.params)
            raise _Undo
    except _Undo:
        step.state = "would"
    except Refused as refusal:
        _refused(step, refusal, "wont")


def _do(asked: BulkAction, step: BulkStep, actor: Actor, at: datetime) -> None:
    kind, pk = subject_of(step)
    doing = DOING[asked.action]
    try:
        with transaction.atomic():
            before = doing.state(actor, kind, pk, asked.params)
            doing.act(actor, at, kind, pk, asked.params)
            step.before, step.after = before, doing.state(actor, kind, pk, asked.params)
            step.state = "changed"
    except Refused as refusal:
        _refused(step, refusal, "kept")


def _back(asked: BulkAction, step: BulkStep, actor: Actor, at: datetime) -> None:
    kind, pk = subject_of(step)
    doing = DOING[asked.action]
    try:
        with transaction.atomic():
            if doing.state(actor, kind, pk, asked.params) != step.after:
                raise Refused("changed_since", _("Somebody changed it since."))
            doing.back(actor, at, kind, pk, asked.params, step.before)
            step.state = "restored"
    except Refused as refusal:
        _refused(step, refusal, "left")


def _refused(step: BulkStep, refusal: Refused, state: str) -> None:
    step.state, step.why, step.said = state, refusal.code[:40], str(refusal.message)[:300]


def subject_of(step: BulkStep) -> tuple[str, UUID]:
    """The kind of the record and its id."""
    for kind in ("company", "contact", "lead"):
        found: UUID | None = getattr(step, f"{kind}_id")
        if found:
            return kind, found
    raise AssertionError(step.pk)  # a check constraint forbids it


def _checked(actor: Actor, kind: str, action: str, params: Mapping[str, str]) -> dict[str, str]:
    return checked(actor, kind, action, {name: params.get(name, "") for name in PARAMS[action]})
