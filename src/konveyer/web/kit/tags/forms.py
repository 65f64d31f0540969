"""Fields, choices, table heads and paging."""

from collections.abc import Sequence
from typing import Any

from django import forms, template

from konveyer.web.kit.tags.controls import here

register = template.Library()


@register.inclusion_tag("kit/parts/field.html")
def field(bound: forms.BoundField, hint: str = "", label: str = "", **rest: Any) -> dict[str, Any]:
    """A field of a Django form: label, control, what is wrong, a hint. Extra keywords become attributes of the control."""
    widget = bound.field.widget
    attrs = {
        name.rstrip("_").replace("_", "-"): value
        for name, value in rest.items()
        if value not in (None, False)
    }
    kind = "plain"
    if isinstance(widget, forms.CheckboxInput):
        kind = "check"
    elif isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        kind = "choices"
    else:
        given = [str(widget.attrs.get("class", "")), str(attrs.get("class", ""))]
        # the label stands above already; a placeholder that repeats it only looks like something filled in
        if str(widget.attrs.get("placeholder", "")).casefold().startswith(str(bound.label).casefold()):
            attrs.setdefault("placeholder", False)
        attrs["class"] = " ".join(["k-in", *(part for part in given if part)])
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "kind": kind,
        "hidden": bound.is_hidden,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "optional": not bound.field.required and not getattr(bound.form, "quiet", False),
    }


@register.inclusion_tag("kit/parts/fields.html")
def fields(form: forms.BaseForm, focus: bool = False) -> dict[str, Any]:
    """All fields of a form, with what is wrong with the whole of it on top. With `focus` the cursor waits in the first
    field, or in the first that is wrong."""
    shown = [bound for bound in form if not bound.is_hidden] if focus else []
    wanted = next((bound for bound in shown if bound.errors), shown[0] if shown else None)
    return {"form": form, "wanted": wanted.name if wanted else ""}


@register.inclusion_tag("kit/parts/input.html")
def textfield(
    name: str,
    label: str,
    value: Any = "",
    type_: str = "text",
    error: str = "",
    hint: str = "",
    options: Sequence[tuple[Any, str]] | None = None,
    rows: int = 0,
    **rest: Any,
) -> dict[str, Any]:
    """The same look without a Django form: an input, a select when it has options, a text area when it has rows."""
    from konveyer.web.kit.tags.controls import attributes

    return {
        "name": name,
        "id": rest.pop("id", f"f-{name}"),
        "label": label,
        "value": "" if value is None else value,
        "type": type_,
        "error": error,
        "hint": hint,
        "options": None if options is None else [(str(key), words) for key, words in options],
        "chosen": "" if value is None else str(value),
        "rows": rows,
        "attributes": attributes(rest),
    }


@register.inclusion_tag("kit/parts/seg.html", takes_context=True)
def seg(
    context: template.Context, param: str, choices: Sequence[tuple[str, str]], label: str
) -> dict[str, Any]:
    """A choice of views as links that change one parameter of the address; the first choice is the one without it."""
    request = context.get("request")
    first = choices[0][0] if choices else ""
    current = (request.GET.get(param) if request is not None else None) or first
    links = [
        {
            "words": words,
            "href": here(context, **{param: None if key == first else key}),
            "current": key == current,
        }
        for key, words in choices
    ]
    return {"links": links, "label": label}


@register.inclusion_tag("kit/parts/th.html", takes_context=True)
def th(
    context: template.Context, words: str, sort: str = "", num: bool = False, class_: str = ""
) -> dict[str, Any]:
    """A table head. With `sort` it is a link that sorts by it, a second press turns the order (?sort=-name)."""
    request = context.get("request")
    now = (request.GET.get("sort") if request is not None else None) or context.get("sort") or ""
    order = ""
    if sort and now.removeprefix("-") == sort:
        order = "descending" if now.startswith("-") else "ascending"
    turned = f"-{sort}" if order == "ascending" else sort
    return {
        "words": words,
        "href": here(context, sort=turned) if sort else "",
        "order": order,
        "class": " ".join(part for part in ("k-num" if num else "", class_) if part),
    }


@register.inclusion_tag("kit/parts/pager.html", takes_context=True)
def pager(
    context: template.Context,
    after: str | None = None,
    before: str | None = None,
    total: int | None = None,
    shown: int | None = None,
) -> dict[str, Any]:
    """Keyset paging: cursors of the next and of the previous page; a missing one disables its button."""
    return {
        "next": here(context, after=after) if after else "",
        "previous": here(context, before=before) if before else "",
        "total": total,
        "shown": shown,
    }
