"""Pure arithmetic of figures. Prose and a worked example: docs/figures.md."""
