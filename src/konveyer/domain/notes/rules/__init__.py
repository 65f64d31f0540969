"""Pure decisions: what a note may be on, and which files are taken in."""
