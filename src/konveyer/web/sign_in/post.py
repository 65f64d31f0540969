"""Letters of the program itself: password links, invitations, warnings about one's account."""

from django.core.mail import EmailMessage
from django.db import transaction


def post(message: EmailMessage) -> None:
    """Send after the commit. A mail server that is away costs the letter, not what was done; it is logged."""
    transaction.on_commit(message.send, robust=True)
