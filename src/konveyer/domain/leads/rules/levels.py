"""The ladder seen from a lead: which level comes next (R15, R16)."""

LADDER = ("info", "front_end", "core", "vip")


def next_level(level: str, levels_with_products: set[str]) -> str | None:
    """The nearest higher level that has something to sell; None is a gap in the ladder, or its top."""
    above = LADDER[LADDER.index(level) + 1 :]
    return next((candidate for candidate in above if candidate in levels_with_products), None)
