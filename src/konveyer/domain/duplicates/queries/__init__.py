"""Reads about duplicates."""
