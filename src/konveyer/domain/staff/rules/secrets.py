"""Secrets that are shown once: links of invitations and personal tokens. Only their hash is stored."""

import hashlib
import secrets
from dataclasses import dataclass

TOKEN_PREFIX = "kvr_"  # noqa: S105 - the mark by which a leaked token is recognised, not a secret


@dataclass(frozen=True)
class Secret:
    """`text` is for the person and is never stored; `hash` is for the table; `hint` tells tokens apart."""

    text: str
    hash: str
    hint: str


def digest(text: str) -> str:
    """What is stored of a secret: SHA-256 in hex. Enough for 256 random bits; passwords are another matter."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_secret(prefix: str = "") -> Secret:
    """256 random bits in letters that an address and a header take as they are."""
    text = prefix + secrets.token_urlsafe(32)
    return Secret(text, digest(text), f"…{text[-4:]}")
