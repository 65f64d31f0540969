"""How a delivery proves where it comes from.

Konveyer-Signature: t=UNIX SECONDS,v1=HEX. HEX is HMAC-SHA256 over "UNIX SECONDS.BODY" with the webhook's secret.
The receiver computes it again over the raw body, compares in constant time, and refuses an old time.
"""

import hashlib
import hmac
from datetime import datetime


def signature(secret: str, body: str, at: datetime) -> str:
    """The value of the header for this body at this moment."""
    seconds = int(at.timestamp())
    found = hmac.new(secret.encode(), f"{seconds}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={seconds},v1={found}"
