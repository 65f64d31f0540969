"""Which roles there are by name, and who holds them at the start."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from konveyer.domain.workspace.rules.rights import Right, View

ROLE_NAMES = {
    "owner": pgettext_lazy("role", "Owner"),
    "head_of_sales": _("Head of sales"),
    "marketer": _("Marketer"),
    "telemarketer": _("Telemarketer"),
    "field_researcher": _("Field researcher"),
    "closer": _("Closer"),
    "account_manager": _("Account manager"),
    "project_manager": _("Project manager"),
    "performer": _("Performer"),
    "logistician": _("Logistician"),
    "bookkeeper": _("Bookkeeper"),
    "analyst": _("Analyst"),
}


def roles_of_founder(team_size: str) -> list[str]:
    """Roles the owner starts with: alone he does everything; with up to five he sells as well."""
    if team_size == "1":
        return list(ROLE_NAMES)
    if team_size == "2-5":
        return [
            "owner",
            "head_of_sales",
            "marketer",
            "closer",
            "account_manager",
            "logistician",
            "bookkeeper",
        ]
    return ["owner"]


RIGHT_NAMES = {
    Right.LEADS_WORK: _("Work leads"),
    Right.LEADS_CREATE: _("Add leads"),
    Right.LEADS_ASSIGN: _("Give leads to others"),
    Right.LEADS_SECOND: _("Open a second lead of one company"),
    Right.GATE_OVERRIDE: _("Open a gate with a reason"),
    Right.BASE_READ: _("See companies and people"),
    Right.BASE_EDIT: _("Change companies and people"),
    Right.BASE_IMPORT: _("Import files"),
    Right.BASE_EXPORT: _("Export lists"),
    Right.DEALS_READ: _("See deals"),
    Right.DEALS_EDIT: _("Change deals"),
    Right.MONEY_READ: _("See money received"),
    Right.MONEY_RECORD: _("Record money received"),
    Right.CATALOG_EDIT: _("Change products"),
    Right.CONVEYOR_EDIT: _("Draw conveyors"),
    Right.FUNNEL_READ: _("See the funnel"),
    Right.JOURNAL_READ: _("Read the journal"),
    Right.AUDIT_READ: _("Read the audit of the firm"),
    Right.MEMBERS_MANAGE: _("Manage members, roles and frames"),
    Right.SETTINGS_MANAGE: _("Change settings of the workspace"),
    Right.API_USE: _("Use the API"),
    Right.WEBHOOKS_MANAGE: _("Manage webhooks"),
    Right.MAILBOXES_MANAGE: _("Manage mailboxes"),
}

VIEW_NAMES = {
    View.OWN: pgettext_lazy("view", "own"),
    View.TEAM: pgettext_lazy("view", "of the team"),
    View.ALL: pgettext_lazy("view", "all"),
}
