"""Reads: which views a member has, and which records a selection means."""
