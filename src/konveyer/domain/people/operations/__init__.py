"""Writes on companies, people and their contact points. Each is one transaction and journals."""

from konveyer.domain.people.operations.companies import change_company, create_company
from konveyer.domain.people.operations.contacts import change_contact, create_contact
from konveyer.domain.people.operations.employment import change_employment, employ, end_employment
from konveyer.domain.people.operations.lists import choose_columns
from konveyer.domain.people.operations.points import Typed, add_points, remove_point

__all__ = [
    "Typed",
    "add_points",
    "change_company",
    "change_contact",
    "change_employment",
    "choose_columns",
    "create_company",
    "create_contact",
    "employ",
    "end_employment",
    "remove_point",
]
