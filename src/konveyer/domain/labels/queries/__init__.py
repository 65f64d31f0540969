"""Reads: which tags there are, what stands on records, and lists narrowed by it."""
