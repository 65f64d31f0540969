"""A made-up consulting firm with a year of history, from a seed. Nobody imports this package."""
