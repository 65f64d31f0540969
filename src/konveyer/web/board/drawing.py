"""Cards as markup. A board shows two hundred of them, and a template spends on each ten times what this does (P7).

Everything that people wrote is escaped here, piece by piece; the pieces that repeat are drawn once.
"""

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from konveyer.kit import formats
from konveyer.web.board.cards import Shown
from konveyer.web.kit.addresses import page_at
from konveyer.web.kit.tags.controls import avatar, icon
from konveyer.web.kit.tags.numbers import language
from konveyer.web.kit.tags.selling import kept_pips


class Pencil:
    """Draws the cards of one answer: addresses and words that all of them share are found once."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.language = language()
        self.words = {
            "take": _("Take"),
            "nameless": _("Lead without a name"),
            "waits": _("waits in the queue: %(role)s"),
        }

    def card(self, shown: Shown) -> SafeString:
        """One card."""
        card = shown.card
        name = escape(card.name or self.words["nameless"])
        ident = str(card.id)
        return mark_safe(  # noqa: S308 - every value is escaped where it enters
            f'<article class="k-kard" data-lead="{ident}" data-version="{card.version}" data-title="{name}">'
            f'<div class="k-kard-t"><b class="k-cut"><a class="k-rowlink" href="{page_at("lead", ident)}">{name}</a></b>'
            f"<span>{self._sum(shown)}</span></div>"
            f'<div class="k-kard-w"><span class="k-cut">{escape(card.person) or "&nbsp;"}</span>{self._who(shown)}</div>'
            f'<div class="k-kard-n">{_icon(shown.sign)}<span class="k-cut">{self._step(shown)}</span>{_when(shown.when)}</div>'
            f'<div class="k-kard-f">{kept_pips(shown.touches, shown.planned, self.language)}{self._foot(shown, ident)}</div></article>'
        )

    def _sum(self, shown: Shown) -> str:
        if not shown.amount:
            return ""
        if shown.card.currency == self.currency:
            return formats.number(shown.amount, self.language)
        return escape(formats.money(shown.amount, shown.card.currency, self.language))

    def _who(self, shown: Shown) -> str:
        if shown.card.owner:
            return _avatar(shown.card.owner)
        queue = escape(shown.card.queue)
        return f'<span class="k-av k-av-q" title="{queue}" role="img" aria-label="{queue}">{_icon("users")}</span>'

    def _step(self, shown: Shown) -> str:
        card = shown.card
        if card.task:
            return escape(card.task[:1].upper() + card.task[1:])
        return escape(self.words["waits"] % {"role": card.queue}) if card.queue else "—"

    def _foot(self, shown: Shown, ident: str) -> str:
        if shown.takes:
            address = page_at("lead-take", ident)
            return (
                f'<button class="k-btn k-btn-s k-kard-take" type="button" hx-post="{address}" hx-swap="none">'
                f"{escape(self.words['take'])}</button>"
            )
        return f'<span class="k-{shown.clock.tone}">{escape(shown.clock.words)}</span>' if shown.clock else ""


def _when(words: str) -> str:
    return f'<span class="k-sp k-nw k-3">{escape(words)}</span>' if words else ""


@lru_cache(maxsize=64)
def _icon(name: str) -> str:
    return str(icon(name, "s"))


@lru_cache(maxsize=2048)
def _avatar(name: str) -> str:
    return str(avatar(name))
