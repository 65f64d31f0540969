"""How records are found to be alike, and what a merged one says. Plain Python."""
