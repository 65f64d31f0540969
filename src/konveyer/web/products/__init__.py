"""Products on the ladder: from what is given free to the dearest."""
