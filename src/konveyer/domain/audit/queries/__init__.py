"""Measuring, and reading what was found."""
