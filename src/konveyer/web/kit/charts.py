"""Geometry of the charts that the server draws. Plain Python: figures in, attributes of SVG shapes out.

Widths and places along the axis are per cent of the drawing's width ("37.5%"), so one drawing fits every screen and
needs no style attribute.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass


def share(value: float, whole: float) -> float:
    """A part of the whole, between 0 and 1; nothing of nothing is 0."""
    return min(1.0, max(0.0, value / whole)) if whole > 0 else 0.0


def pct(part: float) -> str:
    """0.375 → "37.5%", as an attribute of SVG takes it."""
    return f"{part * 100:.2f}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True)
class Interval:
    """A confidence interval on an axis from 0 to `top`."""

    left: str
    width: str
    point: str
    team: str | None
    verdict: str


def interval(low: float, high: float, point: float, team: float | None, top: float) -> Interval:
    """Places of an interval. The verdict is "hi" or "lo" only when the whole interval lies on one side of the team."""
    a, b = share(low, top), share(high, top)
    verdict = ""
    if team is not None:
        verdict = "hi" if low > team else "lo" if high < team else ""
    return Interval(
        left=pct(a),
        width=pct(max(b - a, 0.01)),
        point=pct(share(point, top)),
        team=None if team is None else pct(share(team, top)),
        verdict=verdict,
    )


@dataclass(frozen=True)
class FunnelStep:
    """One block of a funnel, 100 × 68 units: a bar on the left third, the flow to the next one on the rest."""

    label: str
    value: float
    href: str
    rate: float | None
    y: str
    height: str
    flow: str
    width: str
    last: bool


def funnel(steps: Sequence[tuple[str, float, str]], height: float = 68) -> list[FunnelStep]:
    """Steps (label, value, address or "") as blocks whose heights follow the logarithm of the value.

    A logarithm, since a funnel from thousands to ten would otherwise show one bar and a line; the drawing says so.
    """
    top = math.log1p(max((value for _, value, _ in steps), default=0)) or 1
    heights = [max(height * math.log1p(value) / top, 3) if value else 1 for _, value, _ in steps]
    first = steps[0][1] if steps else 0
    drawn = []
    for at, (label, value, href) in enumerate(steps):
        y = (height - heights[at]) / 2
        last = at == len(steps) - 1
        flow = ""
        if not last:
            z = (height - heights[at + 1]) / 2
            flow = (
                f"M36 {y:.1f}C66 {y:.1f} 70 {z:.1f} 100 {z:.1f}V{height - z:.1f}"
                f"C70 {height - z:.1f} 66 {height - y:.1f} 36 {height - y:.1f}Z"
            )
        drawn.append(
            FunnelStep(
                label=label,
                value=value,
                href=href,
                rate=None if last or not value else steps[at + 1][1] / value,
                y=f"{y:.1f}",
                height=f"{heights[at]:.1f}",
                flow=flow,
                width=pct(share(value, first)),
                last=last,
            )
        )
    return drawn


def spark(values: Sequence[float], width: float = 72, height: float = 18) -> tuple[str, str, str]:
    """A small trend: the points of a polyline and the place of its last point."""
    if not values:
        return "", "0", "0"
    low, high = min(values), max(values)
    room = (high - low) or 1
    step = width / max(len(values) - 1, 1)
    points = [
        (at * step, height - 2 - (value - low) / room * (height - 4)) for at, value in enumerate(values)
    ]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points), f"{points[-1][0]:.1f}", f"{points[-1][1]:.1f}"


def layers(series: Sequence[Sequence[float]], width: float = 1000, height: float = 160) -> list[str]:
    """Series over the same moments as areas one upon another, the first at the bottom: the path of each.

    The drawing is as high as the highest sum. A single moment is drawn as a stretch.
    """
    series = [list(one) * 2 if len(one) == 1 else list(one) for one in series]
    count = max((len(one) for one in series), default=0)
    top = max((sum(one[at] for one in series) for at in range(count)), default=0) or 1
    step = width / max(count - 1, 1)
    below, drawn = [0.0] * count, list[str]()
    for one in series:
        above = [low + value for low, value in zip(below, one, strict=True)]
        over = [f"{at * step:.1f} {height - value / top * height:.1f}" for at, value in enumerate(above)]
        under = [f"{at * step:.1f} {height - value / top * height:.1f}" for at, value in enumerate(below)]
        drawn.append("M" + "L".join([*over, *reversed(under)]) + "Z" if count else "")
        below = above
    return drawn
