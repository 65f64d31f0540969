"""Rights, and the roles every workspace starts with.

A right is a code; a role is a row that lists rights and says whose records its holder sees. A member
with several roles has the union of their rights and the widest view.
"""

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What a member may do."""

    LEADS_WORK = "leads.work"  # see and work leads within the view
    LEADS_CREATE = "leads.create"
    LEADS_ASSIGN = "leads.assign"  # give leads to others, take from the queue for others
    LEADS_SECOND = "leads.second"  # open a second lead of the same company with a reason
    GATE_OVERRIDE = "gate.override"
    BASE_READ = "base.read"  # companies and contacts
    BASE_EDIT = "base.edit"
    BASE_IMPORT = "base.import"
    BASE_EXPORT = "base.export"
    DEALS_READ = "deals.read"
    DEALS_EDIT = "deals.edit"
    MONEY_READ = "money.read"
    MONEY_RECORD = "money.record"
    CATALOG_EDIT = "catalog.edit"
    CONVEYOR_EDIT = "conveyor.edit"
    FUNNEL_READ = "funnel.read"
    JOURNAL_READ = "journal.read"
    AUDIT_READ = "audit.read"  # the whole firm held against the method
    MEMBERS_MANAGE = "members.manage"
    SETTINGS_MANAGE = "settings.manage"
    API_USE = "api.use"
    WEBHOOKS_MANAGE = "webhooks.manage"
    MAILBOXES_MANAGE = "mailboxes.manage"  # the addresses that letters go out from


class View(StrEnum):
    """Whose leads and deals a role sees."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


_WIDTH = {View.OWN: 0, View.TEAM: 1, View.ALL: 2}


@dataclass(frozen=True)
class RolePreset:
    """A role as a new workspace gets it."""

    code: str
    rights: frozenset[Right]
    view: View


_EVERYBODY = frozenset({Right.BASE_READ, Right.LEADS_WORK, Right.API_USE})
_SELLER = _EVERYBODY | {Right.LEADS_CREATE, Right.BASE_EDIT, Right.DEALS_READ, Right.FUNNEL_READ}
_CLOSER = _SELLER | {Right.DEALS_EDIT, Right.MONEY_READ}

PRESETS: tuple[RolePreset, ...] = (
    RolePreset("owner", frozenset(Right), View.ALL),
    RolePreset("head_of_sales", frozenset(Right) - {Right.SETTINGS_MANAGE, Right.WEBHOOKS_MANAGE}, View.ALL),
    RolePreset(
        "marketer",
        _SELLER | {Right.BASE_IMPORT, Right.BASE_EXPORT, Right.CATALOG_EDIT, Right.MONEY_READ},
        View.ALL,
    ),
    RolePreset("telemarketer", _SELLER, View.OWN),
    RolePreset(
        "field_researcher", _EVERYBODY | {Right.LEADS_CREATE, Right.BASE_EDIT, Right.BASE_IMPORT}, View.OWN
    ),
    RolePreset("closer", _CLOSER, View.OWN),
    RolePreset("account_manager", _CLOSER, View.OWN),
    RolePreset("project_manager", _EVERYBODY | {Right.DEALS_READ, Right.BASE_EDIT}, View.TEAM),
    RolePreset("performer", _EVERYBODY, View.OWN),
    RolePreset("logistician", _EVERYBODY | {Right.DEALS_READ, Right.DEALS_EDIT, Right.MONEY_READ}, View.ALL),
    RolePreset(
        "bookkeeper",
        frozenset({Right.BASE_READ, Right.DEALS_READ, Right.MONEY_READ, Right.MONEY_RECORD, Right.API_USE}),
        View.ALL,
    ),
    RolePreset(
        "analyst",
        frozenset(
            {
                Right.BASE_READ,
                Right.DEALS_READ,
                Right.MONEY_READ,
                Right.FUNNEL_READ,
                Right.AUDIT_READ,
                Right.BASE_EXPORT,
                Right.API_USE,
            }
        ),
        View.ALL,
    ),
)


def widest(views: list[View]) -> View:
    """The widest of several views; OWN when there is none."""
    return max(views, key=_WIDTH.__getitem__, default=View.OWN)
