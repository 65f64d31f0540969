"""The frame of discounts, asked whenever product, amount or currency of a deal are set (R28)."""

from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.catalog.models import Product
from konveyer.domain.deals.models import Deal
from konveyer.domain.deals.rules.discount import Offered, allowed, discount, shown
from konveyer.domain.leads.models import Lead
from konveyer.domain.staff.queries.allowing import whose_frame_allows
from konveyer.domain.staff.queries.frames import frame_of
from konveyer.domain.staff.rules.frames import FrameKind
from konveyer.domain.staff.rules.outside import OutsideFrame
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right

BY_HAND = ("member", "api")


def offered(workspace_id: UUID, product_id: UUID | None, amount: Decimal | None, currency: str) -> Offered:
    """What a deal of these would offer."""
    product = Product.objects.filter(workspace_id=workspace_id, pk=product_id).first() if product_id else None
    if product is None:
        return Offered(None, currency, amount, currency)
    return Offered(product.price, product.currency, amount, currency)


def offered_by(deal: Deal) -> Offered:
    """What the deal offers as it stands."""
    return offered(deal.workspace_id, deal.product_id, deal.amount, deal.currency)


def require_in_frame(actor: Actor, lead: Lead, offer: Offered, stands: Offered | None = None) -> None:
    """Raise OutsideFrame when the actor's frame does not allow the discount: it names those whose frame does.

    They allow it by writing the amount themselves. Imports, commands and the system act for the workspace.
    """
    if actor.member_id is None or actor.by not in BY_HAND or offer == stands:
        return
    limit = frame_of(actor.workspace_id, actor.member_id, FrameKind.DISCOUNT_PERCENT)
    if limit is None or allowed(Decimal(limit), offer, stands):
        return
    given = discount(offer) if offer.same_money else Decimal(100)
    who = whose_frame_allows(
        actor.workspace_id, FrameKind.DISCOUNT_PERCENT, given, right=Right.DEALS_EDIT,
        seen_by=(lead.owner_id, lead.telemarketer_id, lead.closer_id),
    )  # fmt: skip
    raise OutsideFrame(
        FrameKind.DISCOUNT_PERCENT, _reason(offer, Decimal(limit), given),
        how=_("Write a higher amount, or ask for it to be written for you."), limit=limit,
        found=shown(given) if offer.same_money else offer.currency, who=who, fields={"amount": "frame"},
    )  # fmt: skip


def _reason(offer: Offered, limit: Decimal, given: Decimal) -> str:
    if not offer.same_money:
        return _("The price is in %(price)s: in %(currency)s its discount cannot be told, and you have a limit.") % {
            "price": offer.price_currency, "currency": offer.currency,
        }  # fmt: skip
    return _("This is %(given)s %% below the price, and your frame allows %(limit)s %%.") % {
        "given": _number(shown(given)), "limit": _number(limit),
    }  # fmt: skip


def _number(value: Decimal) -> str:
    from django.utils.formats import number_format

    return number_format(value.normalize() if value != value.to_integral() else value.to_integral())
