"""Writes on leads. Each is one transaction, locks the lead, and journals."""

from konveyer.domain.leads.operations.assign import assign, take
from konveyer.domain.leads.operations.change import change_lead, set_fact, set_temperature, warm_up
from konveyer.domain.leads.operations.close import hold, refuse, reopen, wake, wake_due
from konveyer.domain.leads.operations.enter import Entered, enter_lead
from konveyer.domain.leads.operations.handoff import accept_handoff, recycle_overdue, return_handoff
from konveyer.domain.leads.operations.move import move_lead
from konveyer.domain.leads.operations.new_version import publish_version
from konveyer.domain.leads.operations.next_level import open_next_level
from konveyer.domain.leads.operations.open import open_lead
from konveyer.domain.leads.operations.qualify import FactsMissing, qualify
from konveyer.domain.leads.operations.receiving import Received, ask_again, receive_lead
from konveyer.domain.leads.operations.recommending import recommend
from konveyer.domain.leads.operations.rerouting import reroute
from konveyer.domain.leads.operations.rotation import remove_rule, save_rule
from konveyer.domain.leads.operations.tasks import complete_task, plan_next, reschedule_task

__all__ = [
    "Entered",
    "FactsMissing",
    "Received",
    "accept_handoff",
    "ask_again",
    "assign",
    "change_lead",
    "complete_task",
    "enter_lead",
    "hold",
    "move_lead",
    "open_lead",
    "open_next_level",
    "plan_next",
    "publish_version",
    "qualify",
    "receive_lead",
    "recommend",
    "recycle_overdue",
    "refuse",
    "remove_rule",
    "reopen",
    "reroute",
    "reschedule_task",
    "return_handoff",
    "save_rule",
    "set_fact",
    "set_temperature",
    "take",
    "wake",
    "wake_due",
    "warm_up",
]
