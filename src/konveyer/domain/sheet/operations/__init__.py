"""Writing the sheet by hand and from a file; counting its day sums."""

from konveyer.domain.sheet.operations.bringing import bring_in
from konveyer.domain.sheet.operations.counting import count_days
from konveyer.domain.sheet.operations.writing import set_quota, write_cells, write_sheet

__all__ = ["bring_in", "count_days", "set_quota", "write_cells", "write_sheet"]
