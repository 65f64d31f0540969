"""Absences, and what would go to whom."""
