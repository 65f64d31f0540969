"""Rotation in the made-up firm: inquiries to whoever holds fewest leads, clients ready to meet to the closers in turn."""

from datetime import datetime

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.demo.rules.words import words
from konveyer.domain.leads.operations import save_rule
from konveyer.domain.leads.operations.rotation import Wanted
from konveyer.domain.workspace.models import Role, Workspace
from konveyer.domain.workspace.rules.actor import Actor


def draw_turns(workspace: Workspace, boss: Actor, language: str, at: datetime) -> None:
    """Two rules, one of each kind."""
    roles = {role.code: role.pk for role in Role.objects.filter(workspace=workspace)}
    conveyors = dict(Conveyor.objects.filter(workspace=workspace).values_list("code", "pk"))
    names = words(language).turns
    for code, role, how in (("inbound", "telemarketer", "load"), ("new_clients", "closer", "order")):
        save_rule(
            actor=boss, at=at, conveyor_id=conveyors[code], wanted=Wanted(roles[role], names[code], how)
        )  # fmt: skip
