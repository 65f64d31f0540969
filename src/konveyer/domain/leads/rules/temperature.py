"""How warm a lead is: cold → warm → hot → client → VIP. Events only make it warmer."""

ORDER = ("cold", "warm", "hot", "client", "vip")


def warmer(was: str, proposed: str) -> str:
    """The warmer of the two; colder only by a person or a stated rule, which do not ask here."""
    return max(was, proposed, key=ORDER.index)


# What an outcome of a touch proposes (the model, Temperature).
BY_OUTCOME = {"interest": "warm", "replied": "warm", "agreed": "hot", "held": "hot"}
