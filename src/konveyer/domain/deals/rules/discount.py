"""How far below the product's price a deal lies, and whether a frame allows it (R28).

    discount = (price - amount) / price × 100, in per cent

420 000 ₽ sold for 378 000 ₽ is a discount of 10 %: inside a frame of 10, outside one of 9.99. What lies nearer to the
price than the deal as it stands is allowed in every frame: nobody has to keep a discount that somebody else gave.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Offered:
    """A product's price and what the client is to pay, in the currencies of the two."""

    price: Decimal | None
    price_currency: str
    amount: Decimal | None
    currency: str

    @property
    def comparable(self) -> bool:
        """There is a price above zero, and an amount to hold against it."""
        return self.price is not None and self.price > 0 and self.amount is not None

    @property
    def same_money(self) -> bool:
        """Both are in one currency; never compared 1:1 otherwise."""
        return self.price_currency == self.currency


def discount(offered: Offered) -> Decimal:
    """Per cent below the price; zero at the price, above it, and where there is nothing to compare."""
    if not offered.comparable or not offered.same_money:
        return Decimal(0)
    price, amount = offered.price, offered.amount
    if price is None or amount is None:  # it is comparable; the types do not know
        return Decimal(0)
    return max((price - amount) / price * HUNDRED, Decimal(0))


def allowed(limit: Decimal, offered: Offered, stands: Offered | None) -> bool:
    """Whether a frame of `limit` per cent allows the offer. `stands`: the deal as it is stored, None for a new one.

    A price in another currency cannot be compared: whoever has a limit may not set one, unless it stands so already.
    """
    if not offered.comparable:
        return True
    if not offered.same_money:
        return stands is not None and stands == offered
    given = discount(offered)
    if given <= limit:
        return True
    comparable = stands is not None and stands.comparable and stands.same_money
    return comparable and stands is not None and stands.price == offered.price and given <= discount(stands)


def shown(per_cent: Decimal) -> Decimal:
    """With one decimal, never less than it is: 10.01 is shown as 10.1, so that it does not look allowed."""
    return per_cent.quantize(Decimal("0.1"), rounding=ROUND_CEILING)
