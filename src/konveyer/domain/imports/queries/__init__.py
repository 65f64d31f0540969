"""Reads of the imports package."""
