"""Views of lists: kept under a name, shared, changed, dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.lists.models import SavedView, UsualView
from konveyer.domain.lists.queries.views import seen_views
from konveyer.domain.lists.rules.selection import selection
from konveyer.domain.lists.rules.sharing import SHARED
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Refused, Stale

MOST = 50  # of one member for one list
MOST_COLUMNS = 120


@dataclass(frozen=True)
class ViewFacts:
    """What is decided about a view; `query` are parameters of the list's address, as they stand there."""

    name: str
    query: Mapping[str, str]
    columns: tuple[str, ...] = ()
    shared: str = "own"
    pinned: bool = True


@transaction.atomic
def keep_view(*, actor: Actor, at: datetime, list_name: str, facts: ViewFacts) -> SavedView:
    """A view of the actor's own. Raises Forbidden to share it for who may not, Invalid, Refused where there are too many."""
    if actor.member_id is None:
        raise Forbidden("member_only", _("A view belongs to a member."))
    mine = SavedView.objects.filter(
        workspace_id=actor.workspace_id, member_id=actor.member_id, list=list_name
    )
    if mine.count() >= MOST:
        raise Refused("views_many", _("At most 50 views of one list. Drop one first."))
    view = SavedView(
        workspace_id=actor.workspace_id, member_id=actor.member_id, list=list_name, created_at=at,
        **_checked(actor, list_name, facts, None, actor.member_id),
    )  # fmt: skip
    view.save(force_insert=True)
    _journal(view, actor, at, "created", {}, _state(view))
    return view


@transaction.atomic
def change_view(*, actor: Actor, at: datetime, view_id: UUID, version: int, facts: ViewFacts) -> SavedView:
    """Another name, selection or sharing. Raises NotFound, Forbidden for who may not, Stale, Invalid."""
    view = _hold(actor, view_id)
    if view.version != version:
        raise Stale(
            "view_changed",
            _("Somebody changed this view meanwhile. Nothing was overwritten: look again."),
            details={"your_version": version, "version": view.version},
        )
    was = _state(view)
    for name, value in _checked(actor, view.list, facts, view.shared, view.member_id, but=view_id).items():
        setattr(view, name, value)
    before, after = changes(was, _state(view))
    if after:
        view.version += 1
        view.save()
        _journal(view, actor, at, "changed", before, after)
    return view


@transaction.atomic
def drop_view(*, actor: Actor, at: datetime, view_id: UUID) -> SavedView:
    """The view is gone; the records it showed stay. Raises NotFound, Forbidden."""
    view = _hold(actor, view_id)
    _journal(view, actor, at, "removed", _state(view), {})
    UsualView.objects.filter(workspace_id=actor.workspace_id, view=view).delete()
    view.delete()
    return view


@transaction.atomic
def open_with(*, actor: Actor, list_name: str, view_id: UUID | None) -> None:
    """The view with which the list opens for the actor; None: all records. Raises NotFound for one he does not see."""
    selection(list_name, {})
    if actor.member_id is None:
        raise Forbidden("member_only", _("A view belongs to a member."))
    if view_id is None:
        UsualView.objects.filter(
            workspace_id=actor.workspace_id, member_id=actor.member_id, list=list_name
        ).delete()
        return
    if not seen_views(actor, list_name).filter(pk=view_id).exists():
        raise NotFound("view_not_found", _("There is no such view, or it is not shared with you."))
    UsualView.objects.update_or_create(
        workspace_id=actor.workspace_id,
        member_id=actor.member_id,
        list=list_name,
        defaults={"view_id": view_id},
    )


def may_change(actor: Actor, view: SavedView) -> bool:
    """Its owner; and of shared ones whoever gives work to others."""
    return view.member_id == actor.member_id or (view.shared != "own" and actor.may(Right.LEADS_ASSIGN))


def _hold(actor: Actor, view_id: UUID) -> SavedView:
    view = seen_views(actor).select_for_update(of=("self",)).filter(pk=view_id).first()
    if view is None:
        raise NotFound("view_not_found", _("There is no such view, or it is not shared with you."))
    if not may_change(actor, view):
        raise Forbidden(
            "not_yours", _("Only its owner, or whoever gives work to others, may change this view.")
        )
    return view


def _checked(
    actor: Actor, list_name: str, facts: ViewFacts, was: str | None, owner: UUID, but: UUID | None = None
) -> dict[str, Any]:
    chosen = selection(list_name, facts.query)
    name = " ".join(facts.name.split())
    if not name or len(name) > 60 or not name.isprintable():
        raise Invalid("view_name", _("A view needs a name of at most 60 letters."), fields={"name": "form"})
    same = SavedView.objects.filter(
        workspace_id=actor.workspace_id, member_id=owner, list=list_name, name=name
    )
    if any(pk != but for pk in same.values_list("pk", flat=True)):
        raise Invalid("view_taken", _("There is a view of this name already."), fields={"name": "taken"})
    if facts.shared not in SHARED:
        raise Invalid(
            "view_shared", _("Share it with nobody, with the team or with all."), fields={"shared": "unknown"}
        )
    if facts.shared == "all" and was != "all" and not actor.may(Right.LEADS_ASSIGN):
        raise Forbidden(
            "share_with_all",
            _("Whoever gives work to others shares views with all. Share it with your team instead."),
            details={"right": str(Right.LEADS_ASSIGN)},
        )
    return {
        "name": name, "query": chosen.query, "sort": chosen.sort, "columns": _columns(facts.columns),
        "shared": facts.shared, "pinned": facts.pinned,
    }  # fmt: skip


def _columns(given: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(given))
    if len(found) > MOST_COLUMNS or any(
        not name or len(name) > 30 or not name.isprintable() for name in found
    ):
        raise Invalid("columns", _("These columns do not exist."), fields={"columns": "unknown"})
    return found


def _state(view: SavedView) -> dict[str, Any]:
    return {
        "name": view.name, "list": view.list, "query": view.query, "sort": view.sort, "columns": view.columns,
        "shared": view.shared, "pinned": view.pinned,
    }  # fmt: skip


def _journal(
    view: SavedView, actor: Actor, at: datetime, action: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    record(
        actor=actor, at=at, subject="saved_view", subject_id=view.pk, action=action, before=before, after=after
    )  # fmt: skip
