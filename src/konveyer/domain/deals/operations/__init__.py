"""Writes on deals and payments."""

from konveyer.domain.deals.operations.deal import (
    change_deal,
    create_deal,
    hold_deal_of_lead,
    lose_deal_of_lead,
    reopen_deal_of_lead,
    win_deal_of_lead,
)
from konveyer.domain.deals.operations.money import record_payment, refund

__all__ = [
    "change_deal",
    "create_deal",
    "hold_deal_of_lead",
    "lose_deal_of_lead",
    "record_payment",
    "refund",
    "reopen_deal_of_lead",
    "win_deal_of_lead",
]
