"""The steps of a trial of a mailbox, and in plain words what each failure means and what to do."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

SENDING, READING = "sending", "reading"
STEP_NAMES = {
    "name": _("The name of the server"),
    "connection": _("Connection"),
    "encryption": _("Encryption"),
    "sign_in": _("Signing in"),
    "sender": _("Sending from this address"),
    "folders": _("Folders"),
}


@dataclass(frozen=True)
class Step:
    """One step of a trial: which way, which step, and, when it failed, the code of the failure and what the server said."""

    way: str
    step: str
    failure: str = ""
    said: str = ""

    def as_data(self) -> dict[str, str]:
        """For the row of the mailbox."""
        return asdict(self)


FAILURES = {
    "name_unknown": _("No server has this name. Look for a slip of the pen in the name."),
    "closed": _("This name leads into a private network, which is not allowed here."),
    "refused": _("The server does not listen on this port. Usual ports: 465 or 587 to send, 993 to read."),
    "silent": _("No answer in time. The port may be closed by a firewall, or by the provider of this server."),
    "other_encryption": _(
        "The server does not begin with TLS on this port. Choose STARTTLS for it, or port 465 (to send) or 993 (to read)."
    ),
    "no_starttls": _("The server offers no STARTTLS on this port. Choose TLS, with port 465 (to send) or 993 (to read)."),
    "certificate": _("The certificate of the server is not valid for this name. Use the name that the provider gives."),
    "not_mail": _("Something else than a mail server answers on this port."),
    "plain_sign_in": _("The server takes passwords over an encrypted connection only. Choose TLS or STARTTLS."),
    "wrong_password": _("Name or password is wrong. Providers often want a password made for programs, not the one of the website."),
    "password_letters": _("Login or password holds letters that are not Latin. Was the keyboard set to another language?"),
    "program_password": _("The provider wants a password for programs here. Make one in the settings of the mailbox there."),
    "switched_off": _("Access by programs is switched off for this mailbox. Switch IMAP and SMTP on in its settings at the provider."),
    "signs_in_otherwise": _("The provider no longer takes passwords for this mailbox, only OAuth, which Konveyer does not speak yet."),
    "too_many": _("The provider has closed the door for a while because of too many attempts. Try again in an hour."),
    "sender_refused": _("The server does not let this mailbox send from this address. Sign in with the name of that address."),
    "sealed_otherwise": _("The kept password was sealed with another key of this installation. Give it again."),
    "no_inbox": _("There is no inbox that could be read."),
    "broken_off": _("The server broke the conversation off."),
    "other": _("The server refused this step."),
}  # fmt: skip

# What servers say when they refuse a sign-in, most telling first; the words are theirs and do not change often.
_SAID = (
    ("signs_in_otherwise", r"5\.7\.139|basic authentication is disabled|smtpclientauthentication is disabled|oauth"),
    ("program_password", r"5\.7\.9|application-specific|application password|app(lication)?[ -]?password|пароль приложения"),
    ("switched_off", r"access rights to this service|imap is disabled|not enabled for imap|is disabled for your|отключ"),
    ("too_many", r"too many|rate limit|try again later|4\.7\.0|temporarily (blocked|locked)|слишком много"),
    ("plain_sign_in", r"5\.7\.11|encryption required|must issue a starttls|plaintext auth|privacyrequired"),
    ("wrong_password", r"5\.7\.8|\b535\b|authenticationfailed|invalid credentials|authentication failed|incorrect|неверн"),
)  # fmt: skip


def refused_sign_in(said: str) -> str:
    """The code of the failure, from what the server said when it refused a sign-in."""
    low = said.lower()
    return next((code for code, words in _SAID if re.search(words, low)), "wrong_password")


def worked(steps: Iterable[dict[str, Any]], way: str) -> bool:
    """Whether that way was tried and no step of it failed."""
    of_way = [step for step in steps if step["way"] == way]
    return bool(of_way) and not any(step["failure"] for step in of_way)
