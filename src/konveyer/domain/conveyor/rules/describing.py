"""A conveyor as described: that it agrees with itself, and its lines for the journal."""

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from konveyer.domain.conveyor.rules.presets import ConveyorPreset, StagePreset
from konveyer.kit.refusal import Invalid


def agree(changed: ConveyorPreset, *, roles: Collection[str], conveyors: Collection[str]) -> None:
    """Raise Invalid where the description contradicts itself, or names a role or a conveyor that is not there."""
    if not changed.name.strip():
        raise Invalid("name", _("Give it a name."), fields={"name": "empty"})
    _once([stage.key for stage in changed.stages], "stages")
    _once([route.code for route in changed.refusals], "refusals")
    if sum(stage.win_point for stage in changed.stages) > 1:
        raise Invalid("win_point", _("Only one stage can be the win point."), fields={"win_point": "twice"})
    for stage in changed.stages:
        if not stage.name.strip():
            raise Invalid("name", _("Give it a name."), fields={"name": "empty"})
        _once([gate.fact for gate in stage.gate], "gate")
        for code in (stage.role, *stage.helpers):
            if code not in roles:
                raise Invalid("role_unknown", _("There is no such role."), fields={"role": "unknown"})
    targets = {route.to_conveyor for route in changed.refusals if route.to_conveyor}
    astray = any(
        (route.destination == "other_conveyor") != bool(route.to_conveyor) for route in changed.refusals
    )
    if astray or not targets <= set(conveyors):
        raise Invalid(
            "to_conveyor", _("Name another conveyor exactly where the route leads to one."),
            fields={"to_conveyor": "unknown"},
        )  # fmt: skip


def _once(names: Iterable[str], field: str) -> None:
    listed = list(names)
    twice = sorted({name for name in listed if listed.count(name) > 1})
    if twice:
        raise Invalid("twice", _("Stands twice: %s") % ", ".join(twice), fields={field: "twice"})


def lines(described: ConveyorPreset, roles: Mapping[str, str]) -> dict[str, str]:
    """The draft in lines for the journal, in the firm's own words: the stages by name, their order, the routes.

    `roles`: code → name.
    """
    said = {f"«{stage.name}»": _sentence(stage, roles) for stage in described.stages}
    said["stages"] = " → ".join(stage.name for stage in described.stages)
    said["refusals"] = ", ".join(f"{one.label} ({one.rest_days or '–'})" for one in described.refusals)
    return {"name": described.name, **said}


def _sentence(stage: StagePreset, roles: Mapping[str, str]) -> str:
    who = ", ".join(roles.get(code, code) for code in (stage.role, *stage.helpers))
    gate = ", ".join(condition.label for condition in stage.gate)
    limits = f"{stage.sla_hours or '–'} / {stage.wip_limit or '–'}"
    parts = (who, stage.result, stage.give, stage.get, limits, "★" if stage.win_point else "", gate)
    return " · ".join(part for part in parts if part)
