"""Who am I: the member behind the token or the session."""

from typing import Literal
from uuid import UUID

from ninja import Router, Schema

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Ref

router = Router(tags=["me"])


class Me(Schema):
    """The acting member with the rights and the view that hold for this request."""

    member: Ref
    workspace: Ref
    slug: str
    timezone: str
    currency: str
    language: str
    rights: list[str]
    view: Literal["own", "team", "all"]
    seen_members: list[UUID] | None


@router.get("/me", response=Me, summary="Who am I, and what may I do")
def me(request: ApiRequest) -> Me:
    """The member, the workspace, and the rights of this token or session. `seen_members` null = everybody's records."""
    actor, workspace = request.actor, request.workspace
    assert actor.member_id  # noqa: S101 - tokens and sessions are of members
    return Me(
        member=Ref(id=actor.member_id, name=request.member_name),
        workspace=Ref(id=workspace.pk, name=workspace.name),
        slug=workspace.slug,
        timezone=workspace.timezone,
        currency=workspace.currency,
        language=workspace.language,
        rights=sorted(actor.rights),
        view=actor.view.value,
        seen_members=None if actor.seen_members is None else sorted(actor.seen_members),
    )
