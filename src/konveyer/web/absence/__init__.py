"""Absences: who is away, who stands in, what changed hands and what came back."""
