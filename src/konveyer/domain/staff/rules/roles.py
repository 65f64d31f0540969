"""Which roles there are by name, and who holds them at the start."""

from django.utils.translation import gettext_lazy as _

ROLE_NAMES = {
    "owner": _("Owner"),
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
