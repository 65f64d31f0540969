"""Writing the sheet by hand and from a file."""

from konveyer.domain.sheet.operations.bringing import bring_in
from konveyer.domain.sheet.operations.writing import set_quota, write_cells, write_sheet

__all__ = ["bring_in", "set_quota", "write_cells", "write_sheet"]
