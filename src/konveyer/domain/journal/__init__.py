"""Append-only: who changed what, when, from what to what. Personal values stand beside it and can be erased."""
