"""Verdicts and their words."""
