"""Erasing a person; handing out what is held of him."""

from konveyer.domain.erasure.operations.asking import ask_erasure, erase, erase_again, work_on

__all__ = ["ask_erasure", "erase", "erase_again", "work_on"]
