"""Writing the made-up firm into the database."""

from konveyer.domain.demo.operations.firm import PASSWORD, Firm, make_firm

__all__ = ["PASSWORD", "Firm", "make_firm"]
