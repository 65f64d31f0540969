"""Reading what people type into the settings of a mailbox."""

import re

from django.utils.translation import gettext as _

from konveyer.domain.delivery.rules.providers import Server
from konveyer.domain.people.rules.emails import check_email
from konveyer.kit.refusal import Invalid

SECURITIES = ("tls", "starttls", "none")
USUAL = {
    ("smtp", "tls"): 465, ("smtp", "starttls"): 587, ("smtp", "none"): 25,
    ("imap", "tls"): 993, ("imap", "starttls"): 143, ("imap", "none"): 143,
}  # fmt: skip
OF_MAIL = frozenset({25, 143, 465, 587, 993})  # the other low ports belong to other services
_HOST = re.compile(
    r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?|[0-9a-f:]+:[0-9a-f:.]+"
)
_SELECTOR = re.compile(r"(?=.{1,63}$)[a-z0-9]([a-z0-9._-]*[a-z0-9])?")


def read_address(text: str, field: str = "address") -> str:
    """The address in its stored form. Raises Invalid, which points at the field."""
    address, reason = check_email(text)
    if reason:
        words = _("This is not an e-mail address.")
        raise Invalid("address", words, fields={field: words})
    return address


def read_login(text: str) -> str:
    """The name to sign in with. Raises Invalid."""
    login = text.strip()
    if not login or len(login) > 254 or not login.isprintable():
        words = _("Give the name that the mail server knows, in one line.")
        raise Invalid("login", words, fields={"login": words})
    return login


def read_selector(text: str) -> str:
    """The selector of the DKIM key, or nothing. Raises Invalid."""
    selector = text.strip().lower().removesuffix("._domainkey")
    if selector and not _SELECTOR.fullmatch(selector):
        words = _("A selector is a short name such as mail or selector1.")
        raise Invalid("selector", words, fields={"selector": words})
    return selector


def read_limit(name: str, number: int, most: int) -> int:
    """A limit of the mailbox: letters a day or an hour, seconds of the gap. Raises Invalid."""
    if not (0 if name == "gap" else 1) <= number <= most:
        words = _("A number from %(least)s to %(most)s.") % {"least": 0 if name == "gap" else 1, "most": most}
        raise Invalid("limit", words, fields={name: words})
    return number


def read_server(way: str, host: str, port: int | None, security: str, *, preset: Server | None) -> Server:
    """A server; what is left empty is the provider's, or usual. `way` is smtp or imap. Raises Invalid."""
    host = host.strip().lower().rstrip(".") or (preset.host if preset else "")
    if not host:
        words = _("Name the server, or choose the provider.")
        raise Invalid("host", words, fields={f"{way}_host": words})
    if not _HOST.fullmatch(_ascii(host)):
        words = _(
            "This is not the name of a server. Give it without https:// and without a port, such as mail.example.com."
        )
        raise Invalid("host", words, fields={f"{way}_host": words})
    of_preset = preset if preset and host == preset.host else None
    security = security or (of_preset.security if of_preset else "tls")
    if security not in SECURITIES:
        raise Invalid("security", _("There is no such encryption."), fields={f"{way}_security": "invalid"})
    port = port or (of_preset.port if of_preset and security == of_preset.security else USUAL[way, security])
    if not 1 <= port <= 65535 or (port < 1024 and port not in OF_MAIL):
        words = _("Mail servers listen on 25, 465 and 587, on 143 and 993, or on a port from 1024 to 65535.")
        raise Invalid("port", words, fields={f"{way}_port": words})
    return Server(_ascii(host), port, security)


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return "?"
