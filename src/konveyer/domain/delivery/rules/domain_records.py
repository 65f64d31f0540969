"""What a domain says of its mail: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489), and the records to publish.

Receivers of mail by the thousand ask for all three since 2024. States: good; weak (it helps little); missing; bad
(it does harm, or nothing can read it); unknown (the name servers did not answer).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

Texts = Callable[[str], list[str]]
KINDS = ("mx", "spf", "dkim", "dmarc")
LOOKUPS = 10  # RFC 7208, 4.6.4: more of them is an error for every receiver

REASONS = {
    "good": _("In order."),
    "missing": _("There is no record yet."),
    "several": _("There are several records; receivers then heed none. Leave one."),
    "not_ours": _("The record does not name the server that this mailbox sends by."),
    "by_address": _(
        "The record names addresses; whether the server of this mailbox is among them cannot be told from here."
    ),
    "open": _("The record lets everybody in the world send for the domain (+all)."),
    "too_long": _("The record asks for more than ten other names; receivers stop there."),
    "unread": _("The record cannot be read by receivers."),
    "withdrawn": _("The key was withdrawn: its place is empty."),
    "watching": _("The record only watches (p=none). That is right to begin with; later set p=quarantine."),
    "selector": _("Name the selector of the key in the settings of the mailbox: the provider shows it."),
    "no_mail": _("The domain takes no mail: answers to this address are lost."),
    "silent": _("The name servers did not answer. Try again later."),
}


@dataclass(frozen=True)
class Record:
    """One of the four: where it stands, what stands there, how good it is and why, and what to publish instead."""

    kind: str  # mx | spf | dkim | dmarc
    name: str
    state: str  # good | weak | missing | bad | unknown
    reason: str
    found: str = ""
    publish: str = ""

    def as_data(self) -> dict[str, str]:
        """For the row of the mailbox."""
        return asdict(self)


def mx(domain: str, exchangers: Sequence[str]) -> Record:
    """Whether answers to the address arrive anywhere."""
    if not [
        host for host in exchangers if host.strip(".")
    ]:  # a lone dot says that no mail is taken (RFC 7505)
        return Record("mx", domain, "bad", "no_mail")
    return Record("mx", domain, "good", "good", ", ".join(exchangers))


def spf(domain: str, texts: Texts, *, include: str, host: str) -> Record:
    """Whether the domain lets this sender send: by the provider's `include`, or else by `host` (as a:host, or mx)."""
    own = f"include:{include}" if include else f"a:{host}"
    records = [text for text in texts(domain) if re.match(r"v=spf1(\s|$)", text, re.I)]
    if len(records) != 1:
        wanted = f"v=spf1 {own} ~all" if not records else ""
        reason = "several" if records else "missing"
        return Record("spf", domain, "bad" if records else "missing", reason, " | ".join(records), wanted)
    [found] = records
    if re.search(r"(\s|^)\+?all(\s|$)", found, re.I):
        return Record(
            "spf", domain, "bad", "open", found, re.sub(r"(\s)\+?all(\s|$)", r"\1~all\2", found, flags=re.I)
        )
    seen: set[str] = set()
    named = _names_sender(found, texts, include.lower(), host.lower(), seen)
    if len(seen) > LOOKUPS:
        return Record("spf", domain, "bad", "too_long", found)
    if not named:
        if not include and re.search(r"\s\+?(mx|a|ip[46]:\S+)(\s|$)", found, re.I):
            return Record("spf", domain, "weak", "by_address", found)
        return Record("spf", domain, "bad", "not_ours", found, _with(found, own))
    return Record("spf", domain, "good", "good", found)


def _names_sender(record: str, texts: Texts, include: str, host: str, seen: set[str]) -> bool:
    """Whether the record, or one that it includes, names the sender. `seen` gathers the names asked on the way."""
    terms = [term.lower().lstrip("+") for term in record.split()[1:]]
    if not include and f"a:{host}" in terms:
        return True
    inner = [term.partition(":")[2] for term in terms if term.startswith("include:")]
    inner += [term.partition("=")[2] for term in terms if term.startswith("redirect=")]
    for name in inner:
        if name == include:
            return True
        if name in seen or len(seen) > LOOKUPS:
            continue
        seen.add(name)
        for text in texts(name):
            if text.lower().startswith("v=spf1") and _names_sender(text, texts, include, host, seen):
                return True
    return False


def _with(record: str, term: str) -> str:
    head, *rest = record.split()
    return " ".join([head, term, *rest])


def dkim(domain: str, texts: Texts, *, selector: str) -> Record:
    """Whether the public key stands where receivers look for it."""
    if not selector:
        return Record("dkim", domain, "unknown", "selector")
    name = f"{selector}._domainkey.{domain}"
    records = [text for text in texts(name) if re.search(r"(^|;)\s*p\s*=", text)]
    if not records:
        return Record("dkim", name, "missing", "missing")
    if len(records) > 1:
        return Record("dkim", name, "bad", "several", " | ".join(records))
    key = re.search(r"(?:^|;)\s*p\s*=\s*([^;]*)", records[0])
    if not key or not re.sub(r"\s", "", key[1]):
        return Record("dkim", name, "bad", "withdrawn", records[0])
    if not re.fullmatch(r"[A-Za-z0-9+/]+=*", re.sub(r"\s", "", key[1])):
        return Record("dkim", name, "bad", "unread", records[0])
    return Record("dkim", name, "good", "good", records[0])


def dmarc(domain: str, texts: Texts, *, address: str) -> Record:
    """What receivers are to do with letters that only pretend; without it bulk mail is refused by the big ones."""
    name = f"_dmarc.{domain}"
    wanted = f"v=DMARC1; p=none; rua=mailto:{address}"
    records = [text for text in texts(name) if re.match(r"v\s*=\s*DMARC1\s*(;|$)", text)]
    if len(records) != 1:
        state, reason = ("bad", "several") if records else ("missing", "missing")
        return Record("dmarc", name, state, reason, " | ".join(records), "" if records else wanted)
    policy = re.search(r";\s*p\s*=\s*(none|quarantine|reject)\s*(;|$)", records[0], re.I)
    if not policy:
        return Record("dmarc", name, "bad", "unread", records[0], wanted)
    if policy[1].lower() == "none":
        return Record("dmarc", name, "weak", "watching", records[0])
    return Record("dmarc", name, "good", "good", records[0])
