"""Which places hold what of a person. Plain Python."""
