"""The funnel: figures, each of which opens its records."""
