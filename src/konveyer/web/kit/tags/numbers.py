"""Filters that write numbers, sums, dates, spans and phones in the reader's language."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from konveyer.kit import agents, formats

register = template.Library()


def language() -> str:
    """The reader's language, "ru" or "en"."""
    return "ru" if (get_language() or "en").startswith("ru") else "en"


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _day(value: date) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


def _today() -> date:
    return timezone.localdate()


def _empty(value: Any) -> bool:
    return value is None or value == ""


@register.filter
def num(value: Any, places: int = 0) -> str:
    """{{ 4180|num }} → 4 180; {{ x|num:1 }} keeps one decimal. Nothing stays nothing: a dash."""
    return "—" if _empty(value) else formats.number(value, language(), places)


@register.filter
def signed(value: float) -> str:
    """{{ net|signed }} → +12, −3, 0."""
    return f"{'+' if value > 0 else ''}{formats.number(value, language())}"


@register.filter
def short(value: Any) -> str:
    """{{ 12400|short }} → 12,4 тыс."""
    return "—" if _empty(value) else formats.count_short(value, language())


@register.filter
def percent(value: Any, sample: int | None = None) -> str:
    """{{ rate|percent }} → 26,2 %; {{ rate|percent:n }} is whole under 30."""
    return "—" if _empty(value) else formats.percent(value, language(), sample)


@register.filter
def percent_whole(value: Any) -> str:
    """{{ rate|percent_whole }} → 34 %, for tight places that open the full figure."""
    return "—" if _empty(value) else formats.percent(value, language(), places=0)


@register.filter
def money(value: Any, currency: str = "RUB") -> str:
    """{{ deal.amount|money:deal.currency }} → 420 000 ₽."""
    return "—" if _empty(value) else formats.money(Decimal(str(value)), str(currency), language())


@register.filter
def money_short(value: Any, currency: str = "RUB") -> str:
    """{{ total|money_short:"RUB" }} → 1,72 млн ₽."""
    return "—" if _empty(value) else formats.money_short(Decimal(str(value)), str(currency), language())


@register.filter
def day(value: date | None) -> str:
    """{{ lead.created_at|day }} → 24 ноября."""
    return "—" if value is None else formats.day(_day(value), language(), _today())


@register.filter
def day_short(value: date | None) -> str:
    """{{ lead.created_at|day_short }} → 26 ноя."""
    return "—" if value is None else formats.day_short(_day(value), language(), _today())


@register.filter
def month(value: date | None) -> str:
    """{{ row.month|month }} → ноябрь 2026."""
    return "—" if value is None else formats.month(_day(value), language())


@register.filter
def weekday(value: date) -> str:
    """{{ today|weekday }} → четверг."""
    return formats.weekday(_day(value), language())


@register.filter
def clock(value: datetime) -> str:
    """{{ call.at|clock }} → 16:30."""
    return formats.clock(_local(value))


@register.filter
def moment(value: datetime | None) -> str:
    """{{ touch.at|moment }} → 16:30 today, чт, 26 ноя, 16:30 otherwise."""
    return "—" if value is None else formats.moment(_local(value), language(), _local(timezone.now()))


@register.filter
def when(value: datetime | None) -> SafeString | str:
    """The same as a <time> element, with the exact moment for machines."""
    if value is None:
        return "—"
    return format_html('<time datetime="{}" class="k-nw">{}</time>', value.isoformat(), moment(value))


@register.filter
def span(value: timedelta | None) -> str:
    """{{ talk.length|span }} → 6 мин 12 с."""
    return "—" if value is None else formats.span(value, language())


@register.filter
def span_short(value: timedelta | None) -> str:
    """{{ time_left|span_short }} → 27 ч."""
    return "—" if value is None else formats.span_short(value, language())


@register.filter
def phone(value: str | None) -> str:
    """{{ point.value|phone }} → +7 342 200-41-17."""
    return formats.phone(value, language()) if value else ""


@register.filter
def device(value: str) -> str:
    """{{ session.user_agent|device }} → Firefox, Windows."""
    return agents.device(value) or _("unknown device")


@register.filter
def file_size(value: int) -> str:
    """{{ upload.size|file_size }} → 412 КБ."""
    return formats.file_size(value, language())


@register.filter
def typo(value: Any) -> str:
    """No-break spaces where they belong in running text."""
    return formats.typeset(str(value), language())


@register.simple_tag
def day_range(first: date, last: date) -> str:
    """{% day_range from to %} → 26 окт – 24 ноя."""
    return formats.day_range(_day(first), _day(last), language(), _today())


@register.simple_tag
def interval_text(low: Any, high: Any) -> str:
    """{% interval_text low high %} → от 17 до 38 %."""
    return formats.interval(low, high, language())


@register.simple_tag
def ratio(part: int, whole: int) -> str:
    """{% ratio 16 61 %} → 16 / 61."""
    return formats.ratio(part, whole, language())


@register.simple_tag
def rate(part: int, whole: int, doubtful: str = "", href: str = "") -> SafeString:
    """A rate with its sample: 26,2 % 16 / 61. Under 30 it is whole and called few; without a sample it is a dash."""
    from konveyer.web.kit.tags.controls import icon

    if not whole:
        return format_html('<span class="k-3">—</span>')
    figure = formats.percent(Decimal(part) / Decimal(whole), language(), whole)
    few = format_html('<span class="k-3">{}</span> ', _("few")) if whole < formats.SMALL_SAMPLE else ""
    mark = (
        format_html(
            '<span class="k-doubt" title="{}">{}</span> ',
            doubtful,
            icon("help-triangle", "s", label=doubtful),
        )
        if doubtful
        else ""
    )
    sample = formats.ratio(part, whole, language())
    sample = format_html('<a class="k-open" href="{}">{}</a>', href, sample) if href else sample
    return format_html(
        '<span class="k-nw"><b class="k-m">{}</b> {}<span class="k-kn">{}{}</span></span>',
        figure,
        mark,
        few,
        sample,
    )
