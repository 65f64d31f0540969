"""Records that are one and the same: found in the base, put together, taken apart again."""
