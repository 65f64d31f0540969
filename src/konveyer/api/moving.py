"""Settings as one document: out, looked at, in."""

from typing import Annotated, Any

from ninja import Body, Router, Schema

from konveyer.api.auth import ApiRequest
from konveyer.domain.blueprint.operations import bring_in
from konveyer.domain.blueprint.queries import Change, export, preview
from konveyer.domain.blueprint.rules.document import read
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["settings"])
Anything = Annotated[dict[str, Any], Body(...)]  # its own form is checked by the domain, place by place


class ChangeOut(Schema):
    """What the document does to one record: new, changed (which fields), or same."""

    kind: str
    code: str
    name: str
    what: str
    fields: list[str]


@router.get("/settings", response=dict[str, Any], summary="Take the settings out")
def get_settings(request: ApiRequest) -> dict[str, Any]:
    """Roles, names of teams, frames of roles, products, conveyors. No person and no client."""
    return export(request.actor).model_dump(mode="json")


@router.post("/settings/preview", response=list[ChangeOut], summary="What a document would change")
def post_preview(request: ApiRequest, body: Anything) -> list[Change]:
    """Nothing is written."""
    request.actor.require(Right.SETTINGS_MANAGE)
    return preview(request.actor, read(body))


@router.post("/settings", response=list[ChangeOut], summary="Bring settings in")
def post_settings(request: ApiRequest, body: Anything) -> list[Change]:
    """All of the document or nothing of it; nothing is deleted."""
    request.actor.require(Right.SETTINGS_MANAGE)
    return bring_in(actor=request.actor, at=clock.now(), document=read(body))
