"""What is wrong with a conveyor as drawn, in words: faults forbid publishing, doubts are said."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from konveyer.domain.conveyor.rules.presets import ConveyorPreset, GatePreset, StagePreset

# Facts that the program writes by itself; every other must be asked for in the dialog of the gate.
WRITTEN_BY_ITSELF = frozenset({"meeting_held", "invoice_paid", "qualified"})


@dataclass(frozen=True)
class Finding:
    """One thing found. `stage`: the key of the stage it is about, "" for the whole."""

    code: str
    text: str
    stage: str = ""
    fault: bool = True


@dataclass(frozen=True)
class Surroundings:
    """What stands around the conveyor: roles that exist, those somebody holds, other conveyors one may lead to."""

    roles: Collection[str]
    held: Collection[str]
    conveyors: Collection[str]


def check(drawn: ConveyorPreset, around: Surroundings) -> list[Finding]:
    """All findings, faults first, each group in the order of the stages."""
    found = [
        *_whole(drawn, around),
        *(finding for stage in drawn.stages for finding in _stage(stage, around)),
        *_reached(drawn.stages),
        *_code_word(drawn.stages),
    ]
    return sorted(found, key=lambda one: not one.fault)


def _whole(drawn: ConveyorPreset, around: Surroundings) -> Iterator[Finding]:
    if not drawn.stages:
        yield Finding("no_stages", _("There is no stage yet."))
    elif not any(stage.win_point for stage in drawn.stages):
        yield Finding("no_win_point", _("No stage is the win point: nothing could ever be won here."))
    if not drawn.refusals:
        yield Finding("no_refusals", _("There is no refusal route: a lead that says no could not be closed."))
    for route in drawn.refusals:
        if route.destination == "other_conveyor" and route.to_conveyor not in around.conveyors:
            yield Finding(
                "route_nowhere", _("The refusal route “%s” leads to a conveyor that takes no leads.") % route.label
            )  # fmt: skip


def _stage(stage: StagePreset, around: Surroundings) -> Iterator[Finding]:
    if stage.role not in around.roles:
        yield Finding("no_role", _("“%s” has no accountable role.") % stage.name, stage.key)
    elif stage.role not in around.held:
        text = _("Nobody holds the role of “%s”: its leads would wait in the queue.")
        yield Finding("nobody_holds", text % stage.name, stage.key, fault=False)
    if not stage.result:
        text = _("“%s” says no result: how would one know that it is passed?")
        yield Finding("no_result", text % stage.name, stage.key, fault=False)
    for gate in stage.gate:
        yield from _gate(stage, gate)


def _gate(stage: StagePreset, gate: GatePreset) -> Iterator[Finding]:
    values = {"stage": stage.name, "condition": gate.label}
    if gate.ask == "choice" and not gate.choices:
        text = _("“%(condition)s” of “%(stage)s” is chosen from a list, and the list is empty.")
        yield Finding("no_choices", text % values, stage.key)
    if gate.kind == "code_word" and not gate.expected:
        text = _("“%(condition)s” of “%(stage)s” names no code word: any word would open the gate.")
        yield Finding("no_code_word", text % values, stage.key)


def _reached(stages: tuple[StagePreset, ...]) -> Iterator[Finding]:
    """A condition that nobody answers closes its stage for ever, and with it all that come after."""
    for place, stage in enumerate(stages):
        for gate in stage.gate:
            if gate.ask == "nothing" and gate.fact not in WRITTEN_BY_ITSELF:
                text = _("Nobody fills “%(condition)s”, so no lead can leave “%(stage)s”.")
                values = {"stage": stage.name, "condition": gate.label}
                yield Finding("nobody_fills", text % values, stage.key)
                for after in stages[place + 1 :]:
                    yield Finding("unreachable", _("No lead can reach “%s”.") % after.name, after.key)
                return


def _code_word(stages: tuple[StagePreset, ...]) -> Iterator[Finding]:
    """R9: nobody travels before the material is studied."""
    for stage in stages:
        kinds = [gate.kind for gate in stage.gate]
        if "code_word" in kinds:
            return
        if "meeting_held" in kinds:
            text = _(
                "“%s” comes without a code word before it: one may travel to somebody who has read nothing."
            )
            yield Finding("no_anchor", text % stage.name, stage.key, fault=False)
            return
