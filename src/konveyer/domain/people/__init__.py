"""Companies, contacts (people), and the points at which they can be reached."""
