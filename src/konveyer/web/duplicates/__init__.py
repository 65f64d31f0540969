"""Duplicates: what was found, side by side, merged and taken apart again."""
