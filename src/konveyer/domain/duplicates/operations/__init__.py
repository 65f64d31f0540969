"""Finding, putting together, taking apart."""

from konveyer.domain.duplicates.operations.dismissing import dismiss
from konveyer.domain.duplicates.operations.merging import merge
from konveyer.domain.duplicates.operations.runs import ask_merge, ask_scan, work_on
from konveyer.domain.duplicates.operations.undoing import undo_merge, undo_run

__all__ = ["ask_merge", "ask_scan", "dismiss", "merge", "undo_merge", "undo_run", "work_on"]
