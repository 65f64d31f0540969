"""Views above lists, and actions on many records at once."""
