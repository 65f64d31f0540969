"""Lists whose columns are known beforehand, as data.

`columns` says which header of the file goes to which field; `main` is the record that the counts speak of;
`needs` are the fields without which a row says nothing. A preset without columns takes the headers of both
languages that `fields` knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from konveyer.domain.imports.rules.crm import EXPORTS
from konveyer.domain.imports.rules.own_lists import NUMBER, OWN_LISTS


@dataclass(frozen=True)
class Preset:
    """One kind of list. `numbers`: facts that must be numbers. `conveyors`: codes tried before the first conveyor.

    With `signs`, at least `least` of these headers tell it; other columns are read by their names as in any list.
    """

    code: str
    main: str
    title: Any
    columns: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    date_order: str | None = None
    conveyors: tuple[str, ...] = ("inbound",)
    signs: tuple[str, ...] = ()
    least: int = 0


_OLIST_FACTS = (
    "seller_id", "business_segment", "lead_type", "lead_behaviour_profile", "has_company", "has_gtin", "average_stock",
    "business_type", "declared_product_catalog_size", "declared_monthly_revenue",
)  # fmt: skip

PRESETS: tuple[Preset, ...] = (
    Preset("contacts", "contact", _("Contacts and companies")),
    Preset("leads", "lead", _("Leads")),
    Preset("deals", "deal", _("Won deals of leads already here"), needs=("lead.external_key", "deal.won")),
    Preset(
        "olist-leads", "lead", _("Olist: marketing-qualified leads"),
        columns={
            "mql_id": "lead.external_key", "first_contact_date": "lead.arrived", "landing_page_id": "lead.page",
            "origin": "lead.origin",
        },
        needs=("lead.external_key", "lead.arrived"), date_order="dmy",
    ),
    Preset(
        "olist-deals", "deal", _("Olist: closed deals"),
        columns={
            "mql_id": "lead.external_key", "won_date": "deal.won", "sdr_id": "lead.telemarketer", "sr_id": "lead.closer",
            **{name: f"fact.{name}" for name in _OLIST_FACTS},
        },
        needs=("lead.external_key", "deal.won"), date_order="dmy",
        numbers=frozenset({"declared_product_catalog_size", "declared_monthly_revenue"}),
    ),
    *(
        Preset(one.code, one.main, one.title, columns=one.columns, signs=one.signs, least=one.least) for one in EXPORTS
    ),
    *(
        Preset(one.code, one.main, one.title, columns=one.columns, needs=one.needs, signs=(NUMBER[one.list],), least=1)
        for one in OWN_LISTS
    ),
)  # fmt: skip
BY_CODE = {preset.code: preset for preset in PRESETS}
