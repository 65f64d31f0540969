"""Classes of the base and the way of a party through them. Prose and a worked example: docs/figures.md."""
