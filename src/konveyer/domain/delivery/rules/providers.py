"""Servers of the usual providers, and which provider an address is with."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

OWN = "own"


@dataclass(frozen=True)
class Server:
    """Where to connect: host, port, and tls, starttls or none."""

    host: str
    port: int
    security: str = "tls"


@dataclass(frozen=True)
class Provider:
    """What is known of a provider. `domains` are its free addresses, `exchangers` how the MX of a firm's domain ends
    when its mail is there, `include` what the SPF record of such a domain names, `selector` its usual DKIM key."""

    name: str
    smtp: Server
    imap: Server
    domains: tuple[str, ...]
    exchangers: tuple[str, ...]
    include: str
    selector: str
    hint: object


PROVIDERS = {
    "gmail": Provider(
        "Gmail",
        Server("smtp.gmail.com", 465),
        Server("imap.gmail.com", 993),
        ("gmail.com", "googlemail.com"),
        ("google.com", "googlemail.com"),
        "_spf.google.com",
        "google",
        _("Google wants a password for programs: Google Account → Security → 2-Step Verification → App passwords."),
    ),
    "outlook": Provider(
        "Outlook, Microsoft 365",
        Server("smtp.office365.com", 587, "starttls"),
        Server("outlook.office365.com", 993),
        ("outlook.com", "hotmail.com", "live.com", "msn.com"),
        ("mail.protection.outlook.com", "olc.protection.outlook.com"),
        "spf.protection.outlook.com",
        "selector1",
        _("Microsoft takes passwords only where the administrator allows them (authenticated SMTP, IMAP); else it wants OAuth."),
    ),
    "yandex": Provider(
        "Yandex",
        Server("smtp.yandex.ru", 465),
        Server("imap.yandex.ru", 993),
        ("yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz", "narod.ru"),
        ("yandex.net", "yandex.ru"),
        "_spf.yandex.net",
        "mail",
        _("Yandex wants a password for programs: Yandex ID → Security → App passwords → Mail. Allow IMAP in the settings of the mailbox too."),
    ),
    "mailru": Provider(
        "Mail.ru",
        Server("smtp.mail.ru", 465),
        Server("imap.mail.ru", 993),
        ("mail.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru", "vk.com"),
        ("mail.ru",),
        "_spf.mail.ru",
        "mailru",
        _("Mail.ru wants a password for programs: Settings → Security → Passwords for external applications."),
    ),
    "rambler": Provider(
        "Rambler",
        Server("smtp.rambler.ru", 465),
        Server("imap.rambler.ru", 993),
        ("rambler.ru", "lenta.ru", "autorambler.ru", "myrambler.ru", "ro.ru"),
        ("rambler.ru",),
        "_spf.rambler.ru",
        "mail",
        _("Allow access by programs in the settings of the mailbox at Rambler."),
    ),
    "icloud": Provider(
        "iCloud",
        Server("smtp.mail.me.com", 587, "starttls"),
        Server("imap.mail.me.com", 993),
        ("icloud.com", "me.com", "mac.com"),
        ("mail.icloud.com",),
        "icloud.com",
        "sig1",
        _("Apple wants a password for programs: Apple Account → Sign-In and Security → App-Specific Passwords."),
    ),
}  # fmt: skip
PROVIDER_NAMES = {**{code: one.name for code, one in PROVIDERS.items()}, OWN: _("Own or another server")}


def domain_of(address: str) -> str:
    """What stands after the @, lower case."""
    return address.rpartition("@")[2].lower()


def free(address: str) -> bool:
    """Whether the address is at a provider's own domain, of which nobody else publishes records."""
    return any(domain_of(address) in one.domains for one in PROVIDERS.values())


def provider_of(address: str, exchangers: Sequence[str] = ()) -> str:
    """The provider of the address by its domain, else by who takes the domain's mail; `own` when it is none of them."""
    domain = domain_of(address)
    for code, one in PROVIDERS.items():
        if domain in one.domains:
            return code
    hosts = [host.rstrip(".").lower() for host in exchangers]
    for code, one in PROVIDERS.items():
        if any(host == end or host.endswith(f".{end}") for host in hosts for end in one.exchangers):
            return code
    return OWN
