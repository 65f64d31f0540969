"""Counting the portfolio."""

from konveyer.domain.portfolio.operations.counting import count_parties

__all__ = ["count_parties"]
