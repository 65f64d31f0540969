"""Publishing a draft with a look before; retiring a conveyor and bringing it back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from konveyer.domain.conveyor import operations
from konveyer.domain.conveyor.queries import stages
from konveyer.domain.conveyor.queries.drawn import findings
from konveyer.domain.leads.operations import publish_version
from konveyer.domain.leads.queries.mapping import inside, rows_of
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import Invalid, NotFound, Refused
from konveyer.web.conveyors.drafted import Drafted, drafted, show
from konveyer.web.setup.answer import done
from konveyer.web.work import WorkRequest, work

ROW = "to-"


@work(Right.CONVEYOR_EDIT)
def publish(request: WorkRequest, conveyor_id: UUID) -> HttpResponse:
    """GET shows how many leads stand where and where they may go; POST does it."""
    found = drafted(request, conveyor_id)
    refused, status = "", 200
    if request.method == "POST":
        try:
            version = publish_version(
                actor=request.actor, at=clock.now(), conveyor_id=conveyor_id, revision=_revision(request.POST),
                mapping=_mapping(request.POST),
            )  # fmt: skip
        except NotFound:
            raise
        except Refused as error:
            refused, status = str(error), error.status
        else:
            words = _("Version %(number)s is live.") % {"number": version.number}
            return done(request, words, "setup-conveyor", conveyor_id)
    return show(request, "publish", _context(request, found) | {"refused": refused}, status)


def _context(request: WorkRequest, found: Drafted) -> dict[str, Any]:
    workspace_id = request.actor.workspace_id
    new = stages(workspace_id, found.version.pk)
    rows = rows_of(inside(workspace_id, found.conveyor.pk, but=found.version.pk), new)
    told = findings(found.version)
    asked = request.POST
    return {
        "title": _("Publish"), "conveyor": found.conveyor, "version": found.version, "stages": new,
        "rows": [
            (row, f"{ROW}{row.inside.stage.pk}",
             asked.get(f"{ROW}{row.inside.stage.pk}", row.same.key if row.same else ""))
            for row in rows
        ],
        "leads": sum(row.inside.leads for row in rows),
        "faults": [one for one in told if one.fault], "doubts": [one for one in told if not one.fault],
    }  # fmt: skip


def _revision(values: QueryDict) -> int:
    text = values.get("revision", "")
    if not text.isdecimal() or len(text) > 9:
        raise Invalid("revision", _("Say which draft was looked at."), fields={"revision": "unknown"})
    return int(text)


def _mapping(values: QueryDict) -> dict[UUID, str]:
    found = {}
    for name in values:
        if name.startswith(ROW):
            try:
                found[UUID(name.removeprefix(ROW))] = str(values[name])
            except ValueError as error:
                raise Invalid("map", _("The map was not understood."), fields={"map": "unknown"}) from error
    return found


@require_POST
@work(Right.CONVEYOR_EDIT)
def retire(request: WorkRequest, conveyor_id: UUID) -> HttpResponse:
    """It takes no new leads."""
    operations.retire(actor=request.actor, at=clock.now(), conveyor_id=conveyor_id)
    return done(
        request, gettext_lazy("Retired. The leads inside go on to their end."), "setup-conveyor", conveyor_id
    )


@require_POST
@work(Right.CONVEYOR_EDIT)
def revive(request: WorkRequest, conveyor_id: UUID) -> HttpResponse:
    """It takes leads again."""
    operations.revive(actor=request.actor, at=clock.now(), conveyor_id=conveyor_id)
    return done(request, gettext_lazy("It takes leads again."), "setup-conveyor", conveyor_id)
