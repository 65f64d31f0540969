"""Reads about who works here and within which limits."""
