"""How far a batch is when chunks may end out of order."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Progress:
    """Every line before `next_line` is done, and the spans `ahead` (first, last)."""

    next_line: int
    ahead: list[tuple[int, int]] = field(default_factory=list)

    def done(self, first: int, last: int) -> Progress:
        """The same after lines first to last are done; spans that touch `next_line` (lines between hold no records) join it.

        A chunk begins where the one before it ended, so a span joins when it starts at `next_line`.
        """
        spans = sorted([*self.ahead, (first, last)])
        next_line = self.next_line
        while spans and spans[0][0] <= next_line:
            next_line = max(next_line, spans.pop(0)[1] + 1)
        return Progress(next_line, spans)

    def holds(self, line: int) -> bool:
        """Whether the line is done."""
        return line < self.next_line or any(first <= line <= last for first, last in self.ahead)
