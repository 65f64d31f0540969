"""Reads about companies and people: search, lists, points, duplicates."""
