"""Views kept, changed, dropped; one of them as the usual one."""

from konveyer.domain.lists.operations.views import ViewFacts, change_view, drop_view, keep_view, open_with

__all__ = ["ViewFacts", "change_view", "drop_view", "keep_view", "open_with"]
