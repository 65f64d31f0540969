"""Lines of the day as markup: a hundred turns of a template take ten times what this does (P7).

Everything that people wrote is escaped here, piece by piece.
"""

from datetime import datetime

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from konveyer.domain.workplace.queries import Group, Item
from konveyer.kit import formats
from konveyer.web.kit.addresses import page_at
from konveyer.web.kit.tags.numbers import language, moment
from konveyer.web.kit.tags.selling import kept_pips


class Pencil:
    """Draws the lines of one answer."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.language = language()

    def lines(self, group: Group) -> SafeString:
        """All lines of one turn."""
        return mark_safe("".join(map(self._line, group.items)))  # noqa: S308 - every value is escaped where it enters

    def _line(self, item: Item) -> str:
        lead = item.lead
        ident = item.task.pk if item.task else lead.pk
        return (
            f'<li class="k-day-item" data-row><span class="k-day-when {self._tone(item)}">{escape(moment(item.at))}</span>'
            f'<div class="k-day-who"><a class="k-m" id="day-{ident}" href="{page_at("lead", lead.pk)}" data-row-link>'
            f'{escape(self._name(item))}</a> <span class="k-2 k-cut">{escape(self._beside(item))}</span></div>'
            f'<span class="k-day-stage k-3 k-no-phone">{escape(lead.stage.name)}{self._worth(item)}</span>'
            f"{kept_pips(item.counted, 6, self.language)}"
            f'<span class="k-day-phone">{self._phone(item)}</span></li>\n'
        )

    def _tone(self, item: Item) -> str:
        if item.task and item.at is not None and item.at < self.now:
            return "k-bad"
        return "k-warn" if item.handoff else ""

    def _name(self, item: Item) -> str:
        lead = item.lead
        known = lead.contact.short_name if lead.contact else ""
        return (
            known
            or (lead.company.name if lead.company else "")
            or lead.title
            or self._shown(item)
            or _("Unknown")
        )

    def _beside(self, item: Item) -> str:
        lead = item.lead
        if item.handoff:
            what = _("from %(who)s") % {"who": item.handoff.from_member or "—"}
        else:
            what = item.task.title if item.task else lead.stage.name
        return f"{lead.company.name} · {what}" if lead.contact and lead.company else what

    def _worth(self, item: Item) -> str:
        if item.worth is None:
            return ""
        currency = item.lead.currency
        said = _("%(amount)s times %(chance)s, the chance of a win from this stage") % {
            "amount": formats.money(item.worth.amount, currency, self.language),
            "chance": formats.percent(item.worth.chance, self.language),
        }
        short = formats.money_short(item.worth.value, currency, self.language)
        return f'<small class="k-day-worth" title="{escape(said)}">≈ {escape(short)}</small>'

    def _phone(self, item: Item) -> str:
        if not item.phone:
            return ""
        tap = page_at("lead-tap", item.lead.pk, item.point_id)
        return f'<a href="tel:{escape(item.phone)}" class="k-nw" data-key="KeyT" data-tap="{tap}">{escape(self._shown(item))}</a>'

    def _shown(self, item: Item) -> str:
        return formats.phone(item.phone, self.language) if item.phone else ""
