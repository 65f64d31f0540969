"""Letters of the program itself by the mail server of the settings."""

from django.core.mail import EmailMessage
from django.db import transaction


class SettingsPost:
    """Without a mail server in the environment letters wait in the home's folder `outgoing-mail`."""

    def send(self, to: str, subject: str, text: str) -> None:
        """After the commit; a failure is logged and costs the letter, not what was done."""
        message = EmailMessage(subject=" ".join(subject.split()), body=text, to=[to])
        transaction.on_commit(message.send, robust=True)
