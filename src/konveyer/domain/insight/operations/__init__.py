"""Writes of insight: nothing but its own roll-ups."""

from konveyer.domain.insight.operations.count_months import count_months

__all__ = ["count_months"]
