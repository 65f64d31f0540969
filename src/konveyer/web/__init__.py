"""Screens, grouped by what people look at."""
