"""Tables of people and companies, and of the links between people."""

from konveyer.domain.people.models.links import ContactLink
from konveyer.domain.people.models.records import (
    Company,
    Contact,
    ContactPoint,
    Employment,
    ListChoice,
    PointUse,
)

__all__ = ["Company", "Contact", "ContactLink", "ContactPoint", "Employment", "ListChoice", "PointUse"]
