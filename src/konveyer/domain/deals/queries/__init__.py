"""Reads of the deals package."""

from konveyer.domain.deals.queries.listing import DealFilter, Listed, Totals, deals, totals
from konveyer.domain.deals.queries.one import amounts, balance, deal_in_view, of_lead, payments

__all__ = [
    "DealFilter",
    "Listed",
    "Totals",
    "amounts",
    "balance",
    "deal_in_view",
    "deals",
    "of_lead",
    "payments",
    "totals",
]
