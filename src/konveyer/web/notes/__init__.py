"""Notes and files on records: the part of a page that shows them, and what it asks."""
