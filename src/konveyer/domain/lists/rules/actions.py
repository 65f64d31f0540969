"""What can be done to many records, and in which states an action and its records stand. Plain Python."""

from collections.abc import Mapping
from typing import Any

ACTIONS = ("assign", "tag", "untag", "field", "move", "close")
OF_LIST = {
    "companies": ("tag", "untag", "field"),
    "people": ("tag", "untag", "field"),
    "leads": ("assign", "tag", "untag", "field", "move", "close"),
}
# What each action is told: its parameters, all as text; "" for the queue where a member is asked.
PARAMS = {
    "assign": ("member",), "tag": ("tag",), "untag": ("tag",), "field": ("field", "value"), "move": ("stage",),
    "close": ("reason", "note"),
}  # fmt: skip
STATES = ("gathering", "trying", "tried", "running", "done", "undoing", "undone")
WORKING = ("gathering", "trying", "running", "undoing")
STEP_STATES = ("waiting", "would", "wont", "changed", "kept", "restored", "left")
AT_ONCE = 50  # records that are worked while the reader waits; more go to the worker
CHUNK = 50  # records in one transaction of the worker


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether what a record has now is still what the action left there."""
    return dict(one) == dict(other)
