"""Erasing a person after a look at what goes and what stays; his data as one archive."""
