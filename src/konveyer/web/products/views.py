"""The ladder, and one product."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from konveyer.domain.catalog import queries
from konveyer.domain.catalog.models import Product
from konveyer.domain.catalog.operations import ProductFacts, add_product, change_product, facts_of
from konveyer.domain.catalog.rules import KIND_NAMES, LEVEL_NAMES
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import Invalid, Stale
from konveyer.web.work import WorkRequest, work


class ProductForm(forms.Form):
    """What is known of a product; `version` is the one that was read."""

    quiet = True  # an empty field means something here

    name = forms.CharField(label=gettext_lazy("Name of the product"), max_length=200)
    level = forms.ChoiceField(label=gettext_lazy("Level of the ladder"), choices=list(LEVEL_NAMES.items()))
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=list(KIND_NAMES.items()))
    price = forms.DecimalField(
        label=gettext_lazy("Price"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
    )
    currency = forms.CharField(label=gettext_lazy("Currency"), max_length=3)
    direct_cost = forms.DecimalField(
        label=gettext_lazy("Direct cost of one"), required=False, min_value=0, max_digits=14, decimal_places=2,
        localize=True,
    )  # fmt: skip
    difference = forms.CharField(
        label=gettext_lazy("Why this one and not another"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("At least one difference, said as the client's benefit."),
    )  # fmt: skip
    active = forms.BooleanField(label=gettext_lazy("On sale"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


@work()
def products(request: WorkRequest) -> HttpResponse:
    """By level, from the foot of the ladder upwards; gaps are named."""
    found = queries.products(request.actor.workspace_id)
    empty = set(queries.gaps(found))
    ladder = [
        (words, [(row, KIND_NAMES[row.kind]) for row in found if row.level == level], level in empty)
        for level, words in LEVEL_NAMES.items()
    ]
    context = {"ladder": ladder, "any": bool(found), "may_edit": request.actor.may(Right.CATALOG_EDIT)}
    return render(request, "products/products.html", context)


@work(Right.CATALOG_EDIT)
def product(request: WorkRequest, product_id: UUID | None = None) -> HttpResponse:
    """A new product, or one to change."""
    row = queries.product(request.actor.workspace_id, product_id) if product_id else None
    form = ProductForm(request.POST or None, initial=_initial(request, row))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _save(request, row, form.cleaned_data)
            except Invalid as refused:
                known = [name for name in refused.fields if name in form.fields]
                form.add_error(known[0] if known else None, str(refused))
            except Stale as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, _("Saved."))
                return redirect("products")
    return render(request, "products/product.html", {"form": form, "product": row}, status=status)


def _initial(request: WorkRequest, row: Product | None) -> dict[str, Any]:
    if row is None:
        return {"currency": request.workspace.currency, "level": "core", "kind": "service", "active": True}
    names = ("name", "level", "kind", "price", "currency", "direct_cost", "difference", "active", "version")
    return {name: getattr(row, name) for name in names}


def _save(request: WorkRequest, row: Product | None, values: dict[str, Any]) -> None:
    version = values.pop("version")
    values["direct_cost"] = values["direct_cost"] or Decimal(0)
    values["currency"] = values["currency"].upper()
    facts = ProductFacts(**values)
    if row is None:
        add_product(actor=request.actor, at=clock.now(), facts=facts)
    elif facts != facts_of(row) or version != row.version:
        change_product(actor=request.actor, at=clock.now(), product_id=row.pk, facts=facts, version=version)
