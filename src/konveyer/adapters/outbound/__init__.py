"""The one way out to addresses that users name: resolved once, checked, pinned; no redirects; short patience."""

from konveyer.adapters.outbound.client import PinnedClient

__all__ = ["PinnedClient"]
