"""A person's own: taken out of every store for good, or handed out to him as one archive."""
