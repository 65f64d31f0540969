"""How letters leave the house."""

from typing import Protocol


class Post(Protocol):
    """Sends a plain letter once the running transaction has committed; a mail server that is away costs the letter."""

    def send(self, to: str, subject: str, text: str) -> None:
        """To one address."""


_plugged: list[Post] = []


def plug(post: Post) -> None:
    """Say who sends; the wiring does."""
    _plugged[:] = [post]


def post() -> Post:
    """Who sends. Raises LookupError while nobody is plugged in."""
    if not _plugged:
        raise LookupError("nobody is plugged in to send letters")
    return _plugged[0]
