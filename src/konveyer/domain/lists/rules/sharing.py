"""With whom a view is shared."""

SHARED = ("own", "team", "all")
