"""The API object: ways in, problems, one description of everything."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from konveyer import __version__
from konveyer.api import problems
from konveyer.api.auth import WAYS
from konveyer.api.reading import CleanParser

ABOUT = """
A program with a personal token acts as its member: within his rights, the token's scopes and his view.

* Every list is paged: pass `next` as `after`. Cursors are opaque.
* Every POST takes an `Idempotency-Key`: repeated with the same body it gives the same answer and no second effect.
* What changes a record takes the `version` that was read; if somebody else was quicker, the answer is 409.
* Errors are problem documents (RFC 9457): `code` is for programs, `detail` for people, in the Accept-Language.
"""

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "For programs; never changes"},
        "detail": {"type": "string", "description": "What is wrong and what to do"},
        "fields": {"type": "object"},
        "details": {"type": "object"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    "description": "The same key with the same body has one effect and one answer",
}


class Api(NinjaAPI):
    """Adds to the description what holds for every operation."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._described: dict[str, OpenAPISchema] = {}

    def get_openapi_schema(self, *, path_prefix: str | None = None, **rest: Any) -> OpenAPISchema:
        """The description. It takes seconds and never changes, so it is made once."""
        at = path_prefix or self.get_root_path({})
        if at not in self._described:
            self._described[at] = self._describe(path_prefix=at, **rest)
        return self._described[at]

    def _describe(self, *, path_prefix: str, **rest: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, **rest)
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                operation["responses"]["default"] = {
                    "description": "Refused; nothing was changed",
                    "content": content,
                }
                if method == "post":
                    operation["parameters"] = [*operation["parameters"], KEY]
        return schema


api = Api(
    title="Konveyer",
    version=__version__,
    description=ABOUT.strip(),
    urls_namespace="api",
    docs_url=None,
    auth=WAYS,
    parser=CleanParser(),
)
problems.register(api)
