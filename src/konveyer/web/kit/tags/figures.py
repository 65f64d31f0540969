"""Stats, meters and the charts that the server draws."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from konveyer.web.kit import charts

register = template.Library()


@register.inclusion_tag("kit/parts/stat.html")
def stat(
    label: str, value: Any, of: Any = "", sub: Any = "", href: str = "", tone: str = "", class_: str = ""
) -> dict[str, Any]:
    """A key figure: its name, the figure, "of" what, and a line below that opens the records when it has href."""
    return {"label": label, "value": value, "of": of, "sub": sub, "href": href, "tone": tone, "class": class_}


@register.simple_tag
def meter(value: float, limit: float, label: str, mark: float | None = None, kind: str = "") -> SafeString:
    """How full something is; `mark` is where it should be by now. The label says the figures to those who cannot see."""
    full = charts.pct(charts.share(float(value), float(limit)))
    tick = ""
    if mark is not None:
        place = charts.pct(charts.share(float(mark), float(limit)))
        tick = format_html('<rect class="k-meter-m" x="{}" y="0" width="2" height="12" rx="1"/>', place)
    return format_html(
        '<svg class="k-meter{}" role="img" aria-label="{}"><rect class="k-meter-g" y="3" width="100%" height="6" rx="3"/>'
        '<rect class="k-meter-f" y="3" width="{}" height="6" rx="3"/>{}</svg>',
        f" k-meter-{kind}" if kind else "",
        label,
        full,
        tick,
    )


@register.simple_tag
def split(parts: Sequence[tuple[str, float]], label: str) -> SafeString:
    """One bar divided: [("act", 1284), ("d2", 312), ("grey", 97), ("bad", 7)]."""
    total = sum(value for _, value in parts)
    at, drawn = 0.0, SafeString("")
    for kind, value in parts:
        width = charts.share(value, total)
        if width:
            shape = format_html(
                '<rect class="k-s-{}" x="{}" width="{}" height="8" rx="2"/>',
                kind,
                charts.pct(at),
                charts.pct(max(width - 0.003, 0.003)),
            )
            drawn = SafeString(drawn + shape)
        at += width
    return format_html('<svg class="k-split" role="img" aria-label="{}">{}</svg>', label, drawn)


@register.inclusion_tag("kit/parts/ci.html")
def ci(
    low: Any, high: Any, point: Any, team: Any = None, top: Any = 1, label: str = "", judge: Any = True
) -> dict[str, Any]:
    """A 95 % interval on an axis from 0 to `top`, with the team's rate as a dotted line; without `judge` no verdict."""
    reference = None if team is None or team == "" else float(team)
    drawn = charts.interval(float(low), float(high), float(point), reference, float(top))
    return {"ci": drawn if judge else replace(drawn, verdict=""), "label": label}


@register.inclusion_tag("kit/parts/funnel.html")
def funnel(steps: Sequence[tuple[str, float, str]], total: Any = "", total_sub: Any = "") -> dict[str, Any]:
    """Steps (label, value, address) as a funnel; on a phone as bars. `total` is what came out in money."""
    return {"steps": charts.funnel(steps), "total": total, "total_sub": total_sub}


@register.inclusion_tag("kit/parts/bars.html")
def bars(rows: Sequence[dict[str, Any]], top: float | None = None, kind: str = "d3") -> dict[str, Any]:
    """Rows {label, value, text, sub?, href?, kind?, mark?} as horizontal bars; `mark` is the benchmark of a row."""
    most = float(
        top or max((max(float(row["value"]), float(row.get("mark") or 0)) for row in rows), default=0) or 1
    )
    drawn = [
        {
            **row,
            "width": charts.pct(charts.share(float(row["value"]), most)),
            "at": charts.pct(charts.share(float(row["mark"]), most)) if row.get("mark") is not None else "",
            "kind": row.get("kind", kind),
        }
        for row in rows
    ]
    return {"rows": drawn}


@register.inclusion_tag("kit/parts/columns.html")
def columns(items: Sequence[dict[str, Any]], height: int = 120, kind: str = "d3") -> dict[str, Any]:
    """Items {label, value, text, href?, kind?, target?, low? and high?} as columns side by side, months or days for example.

    `low` and `high`, the ends of an interval, stand as a line with two ends over their column.
    """
    most = (
        max((float(item.get(name) or 0) for item in items for name in ("value", "target", "high")), default=0)
        or 1
    )

    def at(value: Any) -> str:
        return f"{height - charts.share(float(value), most) * height:.1f}"

    drawn = []
    for item in items:
        target, ends = item.get("target"), [item.get(end) for end in ("high", "low")]
        drawn.append(
            {
                **item, "y": at(item["value"]), "tall": f"{charts.share(float(item['value']), most) * height:.1f}",
                "kind": item.get("kind", kind), "line": "" if target is None else at(target),
                "ends": "" if None in ends else [at(end) for end in ends],
            }
        )  # fmt: skip
    return {"items": drawn, "height": height}


@register.simple_tag
def spark(values: Sequence[float], label: str) -> SafeString:
    """A small trend of a dozen values, the last one marked."""
    points, x, y = charts.spark(list(values))
    return format_html(
        '<svg class="k-spark" viewBox="0 0 72 18" role="img" aria-label="{}"><polyline class="k-line-s" points="{}"/>'
        '<circle class="k-ci-pt" cx="{}" cy="{}" r="2.5"/></svg>',
        label,
        points,
        x,
        y,
    )
