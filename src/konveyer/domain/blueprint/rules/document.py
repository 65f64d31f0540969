"""The form of the document, version 1. Anything unknown in it is refused, so that nothing is lost in silence."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from konveyer.kit.refusal import Invalid

FORMAT, VERSION = "konveyer-settings", 1
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Words = Annotated[str, Field(max_length=200)]
Label = Annotated[str, Field(min_length=1, max_length=120)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]


class Part(BaseModel):
    """Base of the parts."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RoleDoc(Part):
    """A role."""

    code: Code
    name: Label
    rights: list[str]
    view: Literal["own", "team", "all"]


class FrameDoc(Part):
    """A frame of a role."""

    role: Code
    kind: Literal["discount_percent", "open_leads", "hours", "daily_calls", "export"]
    value: Words


class ProductDoc(Part):
    """A product."""

    code: Annotated[str, Field(min_length=1, max_length=60)]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    level: Literal["info", "front_end", "core", "vip"]
    kind: Literal["goods", "service", "meeting", "course", "subscription"]
    price: Amount | None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    direct_cost: Amount
    difference: Annotated[str, Field(max_length=20_000)] = ""
    active: bool = True


class GateDoc(Part):
    """A condition of a gate."""

    kind: Literal[
        "filled",
        "questionnaire",
        "code_word",
        "touches",
        "meeting_held",
        "qualified",
        "document_signed",
        "invoice_paid",
    ]
    fact: Annotated[str, Field(min_length=1, max_length=60)]
    label: Annotated[str, Field(min_length=1, max_length=200)]
    hint: Annotated[str, Field(max_length=300)] = ""
    ask: Literal["text", "choice", "number", "date", "yes", "nothing"] = "text"
    choices: list[Label] = []
    expected: Words = ""
    number: Annotated[Decimal, Field(max_digits=14, decimal_places=2)] | None = None


class StageDoc(Part):
    """A stage."""

    key: Code
    name: Label
    role: Code
    helpers: list[Code] = []
    result: Words = ""
    give: Words = ""
    get: Words = ""
    sla_hours: Annotated[int, Field(ge=1, le=10_000)] | None = None
    wip_limit: Annotated[int, Field(ge=1, le=100_000)] | None = None
    win_point: bool = False
    gate: list[GateDoc] = []


class RefusalDoc(Part):
    """A refusal route."""

    code: Code
    label: Label
    destination: Literal["nurture", "other_conveyor", "disqualified", "lost"]
    to_conveyor: Code | None = None
    rest_days: Annotated[int, Field(ge=1, le=3_650)] | None = None


class CriterionDoc(Part):
    """A criterion of qualification."""

    fact: Annotated[str, Field(min_length=1, max_length=60)]
    label: Annotated[str, Field(min_length=1, max_length=200)]
    ask: Literal["text", "yes", "choice", "number"] = "text"
    must: bool = True
    choices: list[Label] = []
    good: list[Label] = []
    least: Annotated[Decimal, Field(max_digits=14, decimal_places=2)] | None = None
    most: Annotated[Decimal, Field(max_digits=14, decimal_places=2)] | None = None


class ConveyorDoc(Part):
    """A conveyor as its live version stands. Without `criteria` those that stand here stay."""

    code: Code
    name: Label
    stages: Annotated[list[StageDoc], Field(min_length=1, max_length=40)]
    refusals: list[RefusalDoc] = []
    criteria: Annotated[list[CriterionDoc], Field(max_length=20)] | None = None
    wanted: Annotated[int, Field(ge=0, le=20)] = 0


class Document(Part):
    """The whole."""

    format: Literal["konveyer-settings"]
    version: Literal[1]
    roles: list[RoleDoc] = []
    teams: list[Label] = []
    frames: list[FrameDoc] = []
    products: list[ProductDoc] = []
    conveyors: list[ConveyorDoc] = []


def read(data: Any) -> Document:
    """The document out of parsed JSON. Raises Invalid that names the place and says what is wrong there."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Invalid("not_settings", _("This is not a file with settings of Konveyer."))
    if data.get("version") != VERSION:
        raise Invalid(
            "newer_settings",
            _("These settings were written by another version of Konveyer. Update this one first."),
        )
    try:
        document = Document.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        raise _at(".".join(str(step) for step in first["loc"]), first["msg"]) from error
    _agree(document)
    return document


def _agree(document: Document) -> None:
    """Codes stand once, and each conveyor has at most one win point."""
    _once("roles", [row.code for row in document.roles])
    _once("teams", document.teams)
    _once("products", [row.code for row in document.products])
    _once("frames", [f"{row.role}/{row.kind}" for row in document.frames])
    _once("conveyors", [row.code for row in document.conveyors])
    for conveyor in document.conveyors:
        place = f"conveyors.{conveyor.code}"
        _once(f"{place}.stages", [stage.key for stage in conveyor.stages])
        _once(f"{place}.refusals", [route.code for route in conveyor.refusals])
        if sum(stage.win_point for stage in conveyor.stages) > 1:
            raise _at(f"{place}.stages", _("only one stage can be the win point"))
        for stage in conveyor.stages:
            _once(f"{place}.{stage.key}.gate", [gate.fact for gate in stage.gate])
        for route in conveyor.refusals:
            if (route.destination == "other_conveyor") != (route.to_conveyor is not None):
                raise _at(
                    f"{place}.{route.code}",
                    _("another conveyor is named exactly where the route leads to one"),
                )


def _once(place: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _at(place, _("stands twice: %s") % ", ".join(twice))


def _at(place: str, what: str) -> Invalid:
    return Invalid("settings", f"{place}: {what}", details={"at": place})
