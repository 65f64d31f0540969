"""Keyed hashes of addresses: the key stands outside the database, so a copy of the base alone tells nothing."""

import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from konveyer.domain.erasure.models import Suppression


def hash_of(workspace_id: UUID, kind: str, value: str) -> str:
    """64 hexadecimal digits; the same address in two workspaces gives two hashes."""
    text = f"{workspace_id} {kind} {value}".encode()
    return hmac.new(bytes.fromhex(settings.HASH_KEY), text, hashlib.sha256).hexdigest()


def suppressed(workspace_id: UUID, points: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these (kind, value) must not be addressed any more. One query."""
    hashes = {hash_of(workspace_id, kind, value): (kind, value) for kind, value in points}
    found = Suppression.objects.filter(workspace_id=workspace_id, hash__in=list(hashes)).values_list(
        "hash", flat=True
    )
    return {hashes[one] for one in found}
