"""Writing touches down."""

from konveyer.domain.touches.operations.recording import record_touch
from konveyer.domain.touches.operations.tapping import tap

__all__ = ["record_touch", "tap"]
