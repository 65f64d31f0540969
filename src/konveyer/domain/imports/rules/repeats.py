"""Which line of a file named a record first, for files of any length.

A table of fingerprints of fixed width: 12 bytes a slot, at most half full, so a million records take 24 MB. Two
different names with one 64-bit fingerprint are as likely as one in 30 million files of a million rows.
"""

from __future__ import annotations

from array import array


class Repeats:
    """`first(name, line)` is 0 for a name not seen before, else the line that had it first."""

    def __init__(self, slots: int = 1 << 14) -> None:
        self._fingerprints = array("Q", bytes(8 * slots))
        self._lines = array("L", bytes(array("L").itemsize * slots))
        self._mask = slots - 1
        self._filled = 0

    def first(self, name: str, line: int) -> int:
        """Look the name up; remember the line if it is new."""
        fingerprint = hash(name) & 0xFFFF_FFFF_FFFF_FFFF or 1
        known = self._place(fingerprint, line)
        if not known and self._filled * 2 > self._mask:
            self._grow()
        return known

    def _place(self, fingerprint: int, line: int) -> int:
        fingerprints, mask = self._fingerprints, self._mask
        slot = fingerprint & mask
        while found := fingerprints[slot]:
            if found == fingerprint:
                return self._lines[slot]
            slot = (slot + 1) & mask
        fingerprints[slot] = fingerprint
        self._lines[slot] = line
        self._filled += 1
        return 0

    def _grow(self) -> None:
        former = zip(self._fingerprints, self._lines, strict=True)
        wider = Repeats((self._mask + 1) * 2)
        for fingerprint, line in former:
            if fingerprint:
                wider._place(fingerprint, line)
        self._fingerprints, self._lines, self._mask = wider._fingerprints, wider._lines, wider._mask
