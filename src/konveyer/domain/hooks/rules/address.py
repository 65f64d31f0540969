"""Which addresses can be told at all. Where a name leads is decided at the connection, not here."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from konveyer.kit.refusal import Invalid

LONGEST = 500


def read_url(text: str) -> str:
    """The address, trimmed. Raises Invalid for anything but http(s)://host[:port]/…, and for names or passwords in it."""
    url = text.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _wrong(_("This is not a web address.")) from error
    if len(url) > LONGEST or any(letter.isspace() or letter < "!" for letter in url):
        raise _wrong(_("This is not a web address."))
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise _wrong(_("The address begins with https:// and names a host."))
    if parts.username or parts.password or parts.fragment:
        raise _wrong(_("The address holds no name, password or fragment: the signature proves who sends."))
    if port is not None and port not in {80, 443} and port < 1024:
        raise _wrong(_("This port belongs to another service. Use 443, 80 or one from 1024 on."))
    return url


def _wrong(message: str) -> Invalid:
    return Invalid("url", message, fields={"url": message})
