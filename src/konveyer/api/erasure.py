"""A person's own data: what is held, all of it as an archive, and erasing it for good."""

from datetime import datetime
from tempfile import TemporaryFile
from uuid import UUID

from django.http import FileResponse
from ninja import Router, Schema, Status

from konveyer.api.auth import ApiRequest
from konveyer.domain.erasure.models import Erasure
from konveyer.domain.erasure.operations import ask_erasure
from konveyer.domain.erasure.queries.held import counts, person
from konveyer.domain.erasure.queries.package import write_package
from konveyer.kit import clock

router = Router(tags=["base"])


class HeldOut(Schema):
    """Rows by table: `goes` are removed, `emptied` stay for the figures without his data."""

    goes: dict[str, int]
    emptied: dict[str, int]


class ErasureOut(Schema):
    """An erasure; `done_at` null: the worker is at it."""

    id: UUID
    contact_id: UUID
    asked_at: datetime
    done_at: datetime | None
    counts: dict[str, int]


@router.get("/contacts/{uuid:contact_id}/held", response=HeldOut, summary="What is held of a person")
def get_held(request: ApiRequest, contact_id: UUID) -> HeldOut:
    """Looking changes nothing."""
    from konveyer.domain.erasure.rules.places import BLANKED, GOES

    told = counts(request.actor.workspace_id, person(request.actor, contact_id))
    return HeldOut(goes={name: told[name] for name in GOES}, emptied={name: told[name] for name in BLANKED})


@router.get("/contacts/{uuid:contact_id}/personal-data", summary="All data of a person")
def get_personal_data(request: ApiRequest, contact_id: UUID) -> FileResponse:
    """One ZIP: person.json and the files. That it was taken out is journaled."""
    out = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_package(actor=request.actor, at=clock.now(), contact_id=contact_id, out=out)
    out.seek(0)
    return FileResponse(
        out, as_attachment=True, filename=f"person-{contact_id}.zip", content_type="application/zip"
    )


@router.post(
    "/contacts/{uuid:contact_id}/erase", response={202: ErasureOut}, summary="Erase a person for good"
)
def post_erase(request: ApiRequest, contact_id: UUID) -> Status[Erasure]:
    """Cannot be taken back."""
    return Status(202, ask_erasure(actor=request.actor, at=clock.now(), contact_id=contact_id))
