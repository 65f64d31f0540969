"""Requests made from the description of the API: what it allows and what it forbids, half of it about records that are there."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema_rs
import schemathesis
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from hypothesis import strategies as st
from schemathesis import GenerationMode

from konveyer.api.root import api
from tests.web.permissions.asking import Ask
from tests.web.permissions.matrix import addresses

# A program's own way in stays; what would replace it is another test's matter.
WAY_IN = {"authorization", "cookie"}


@dataclass(frozen=True)
class Request:
    """One request as the client of the tests takes it."""

    method: str
    url: str
    body: bytes = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.url[:300]} {self.headers} {self.body[:500]!r}"


@cache
def description() -> dict[str, Any]:
    """The description of the API, as a program reads it."""
    addresses()  # the API is whole once the addresses are read
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    return found


def operations() -> Iterator[Any]:
    """Every operation."""
    for result in schemathesis.openapi.from_dict(description()).get_all_operations():
        yield result.ok()


def requests(operation: Any, mode: GenerationMode, good: Ask, known: list[str]) -> st.SearchStrategy[Request]:
    """Requests to an operation, of one mode; `good` is one that does what it is for, `known` are ids that are there."""

    @st.composite
    def one(draw: st.DrawFn) -> Request:
        case = draw(operation.as_strategy(generation_mode=mode))
        here = draw(st.booleans())
        path = {name: good.args[name] for name in good.args} if here else case.path_parameters
        body = case.body
        if isinstance(body, dict):
            body = _about_what_is_there(draw, body, known)
            if draw(st.booleans()):
                body = _one_thing_else(draw, good.body or {}, body)
        query = {**good.query, **(case.query or {})} if here else case.query or {}
        url = operation.path.format(
            **{name: quote(str(value), safe="%") for name, value in (path or {}).items()}
        )
        content, kind = _written(body, case.media_type)
        return Request(
            operation.method.upper(), f"{url}?{urlencode(query, doseq=True)}" if query else url, content, kind,
            {name: text for name, text in (case.headers or {}).items() if name.lower() not in WAY_IN},
        )  # fmt: skip

    return one()


def _about_what_is_there(draw: st.DrawFn, body: dict[str, Any], known: list[str]) -> dict[str, Any]:
    ids = [name for name, value in body.items() if name.endswith("_id") and isinstance(value, str)]
    return {
        **body,
        **{name: draw(st.sampled_from(known)) for name in ids if draw(st.integers(0, 3))},
    }


def _one_thing_else(draw: st.DrawFn, good: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """What is right, with one value of what was made."""
    if not body:
        return good
    name = draw(st.sampled_from(sorted(body)))
    return {**good, name: body[name]}


def _written(body: Any, kind: str | None) -> tuple[bytes, str]:
    if kind is None or type(body).__name__ == "NotSet":
        return b"", "application/json"
    if isinstance(body, bytes):
        return body, kind
    if not kind.startswith("multipart/"):
        return json.dumps(body, default=str).encode(), kind
    if not isinstance(body, dict):
        return str(body).encode(errors="replace"), MULTIPART_CONTENT
    fields = {str(name): _field(value) for name, value in body.items()}
    return encode_multipart(BOUNDARY, fields), MULTIPART_CONTENT


def _field(value: Any) -> Any:
    if isinstance(value, File):
        value.seek(0)
        return value
    if type(value).__name__ == "Binary":
        return SimpleUploadedFile("made.csv", value.data)
    return str(value)


def undescribed(operation: Any, answer: Any) -> str:
    """What is wrong with an answer by the description; "" when nothing is."""
    code = answer.status_code
    if code >= 500:
        return f"{code}"
    answers = operation.definition.raw["responses"]
    said = answers.get(str(code)) or (answers["default"] if code >= 400 else None)
    if said is None:
        return f"{code} is not described"
    content = said.get("content", {})
    if not content:
        return ""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if kind not in content:
        return f"{code} as {kind}, described as {', '.join(content)}"
    if not kind.endswith("json"):
        return ""
    found = next(
        iter(_validator(json.dumps(content[kind]["schema"])).iter_errors(json.loads(answer.content))), None
    )
    return f"{code}: {found.message[:300]} at {list(found.instance_path)}" if found else ""


@cache
def _validator(schema: str) -> Any:
    whole = {**json.loads(schema), "components": description()["components"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
