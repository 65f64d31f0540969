"""Bringing lists in: batches, mappings, presets, and taking a batch back."""
