"""Reads over the facts."""
