"""The description of the API as a page of ours: no foreign scripts, readable without any."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from konveyer.api.root import api

METHODS = {"get": "", "post": "good", "put": "act", "patch": "act", "delete": "bad"}


@dataclass
class Operation:
    """One line of the page."""

    method: str
    tone: str
    path: str
    summary: str
    description: str
    parameters: list[tuple[str, str, str]] = field(default_factory=list)
    body: str = ""
    answer: str = ""


@dataclass
class Group:
    """Operations of one resource."""

    name: str
    operations: list[Operation] = field(default_factory=list)


def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and shapes."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    groups: dict[str, Group] = {}
    for path, methods in schema["paths"].items():
        for method, details in methods.items():
            name = (details.get("tags") or [""])[0]
            groups.setdefault(name, Group(name)).operations.append(_operation(path, method, details))
    shapes = {
        name: [
            (field, _kind(kind), field in shape.get("required", []))
            for field, kind in shape["properties"].items()
        ]
        for name, shape in sorted(schema["components"]["schemas"].items())
        if shape.get("properties")
    }
    context = {"groups": list(groups.values()), "shapes": shapes, "version": schema["info"]["version"]}
    return render(request, "api/docs.html", context)


def _operation(path: str, method: str, details: dict[str, Any]) -> Operation:
    contents = details.get("requestBody", {}).get("content", {})
    body = next((_kind(form["schema"]) for form in contents.values()), "")
    answers = [
        _kind(form["schema"])
        for status, answer in details["responses"].items()
        if str(status).startswith("2")
        for form in answer.get("content", {}).values()
    ]
    return Operation(
        method=method.upper(),
        tone=METHODS[method],
        path=path,
        summary=details["summary"],
        description=details.get("description", ""),
        parameters=[(one["name"], one["in"], _kind(one["schema"])) for one in details["parameters"]],
        body=body,
        answer=answers[0] if answers else "",
    )


def _kind(schema: dict[str, Any]) -> str:
    """A schema in a few words: "uuid", "list of LeadOut", "open | won"."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "any")
