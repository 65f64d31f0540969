"""Contact points as typed → as stored.

    read_points(kind, text, region="RU") -> (list[Point], {text: reason})
    link_of(kind, value) -> str        the address that a tap opens, '' where nothing opens

Stored: phone and whatsapp in E.164, e-mail in lower case, telegram, vk and max as the name without @ or address,
website as host and path.
"""

import re
from dataclasses import dataclass

from konveyer.domain.people.rules.emails import read_emails
from konveyer.domain.people.rules.phones import read_phones
from konveyer.domain.people.rules.pieces import plain_website

KINDS = ("phone", "email", "telegram", "whatsapp", "max", "vk", "website")
_OF = {
    "telegram": re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/|^@", re.IGNORECASE),
    "vk": re.compile(r"(?:https?://)?(?:m\.|www\.)?vk\.(?:com|ru)/|^@", re.IGNORECASE),
    "max": re.compile(r"(?:https?://)?(?:www\.)?max\.ru/|^@", re.IGNORECASE),
}
_HANDLE = re.compile(r"[a-z0-9_.\-]{2,64}")


@dataclass(frozen=True, slots=True)
class Point:
    """One way to reach somebody, as stored."""

    kind: str
    value: str
    extension: str = ""
    label: str = ""


def read_points(kind: str, text: str, region: str = "RU") -> tuple[list[Point], dict[str, str]]:
    """Every point in the text, and what was none with its reason."""
    if kind == "email":
        emails = read_emails(text)
        return [Point("email", value) for value in emails.found], {
            one.text: one.reason for one in emails.refused
        }
    if kind in ("phone", "whatsapp"):
        phones = read_phones(text, region)
        found = [
            Point(kind, one.value, one.extension if kind == "phone" else "", one.label)
            for one in phones.found
        ]
        return found, {one.text: one.reason for one in phones.refused}
    if kind == "website":
        value = plain_website(text)
        good = "." in value.partition("/")[0].strip(".") and not re.search(r"[\s\x00-\x1f\"'<>]", value)
        return ([Point("website", value)], {}) if good else ([], {text: "bad_domain"})
    if kind in _OF:
        value = _OF[kind].sub("", text.strip()).strip("/ ").lower()
        return ([Point(kind, value)], {}) if _HANDLE.fullmatch(value) else ([], {text: "bad_handle"})
    return [], {text: "unknown"}


def link_of(kind: str, value: str, extension: str = "") -> str:
    """What a tap opens: the phone, the mail program, the messenger, the site."""
    digits = value.removeprefix("+")
    return {
        "phone": f"tel:{value}" + (f",{extension}" if extension else ""),
        "email": f"mailto:{value}",
        "whatsapp": f"https://wa.me/{digits}",
        "telegram": f"https://t.me/{value}",
        "max": f"https://max.ru/{value}",
        "vk": f"https://vk.com/{value}",
        "website": f"https://{value}",
    }.get(kind, "")
