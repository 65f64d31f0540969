"""Writing the ledger."""

from konveyer.domain.consent.operations.ledger import confirm, give, withdraw
from konveyer.domain.consent.operations.texts import write_text

__all__ = ["confirm", "give", "withdraw", "write_text"]
