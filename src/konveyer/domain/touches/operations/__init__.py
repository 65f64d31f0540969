"""Writing touches down."""

from konveyer.domain.touches.operations.asking import record_inquiry
from konveyer.domain.touches.operations.recording import record_touch
from konveyer.domain.touches.operations.tapping import tap

__all__ = ["record_inquiry", "record_touch", "tap"]
