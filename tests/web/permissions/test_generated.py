"""F25 and F12 over the whole API: requests made from its description, and every POST sent twice with one key."""

import json
import os
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode

from tests.web.permissions.asking import Ask, ask
from tests.web.permissions.generated import Request, description, operations, requests, undescribed
from tests.web.permissions.house import House, sent, url_of
from tests.web.permissions.matrix import Row, addresses, rows
from tests.web.permissions.strange import WHOLE

WHO = "owner"
# Requests per operation and mode: `make test` sends few and always the same, `make fuzz` sends many and others each time.
EACH = int(os.environ.get("KONVEYER_EACH", "100" if WHOLE else "3"))


@pytest.mark.shows("F25", "I2.api", "I2.bad-input", "I2.hostile")
@pytest.mark.timeout(6000 if WHOLE else 600)
@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value
)
def test_whatever_is_sent_the_answer_is_as_described_and_a_refusal_changes_nothing(
    house: House, mode: GenerationMode
) -> None:
    house.ready(WHO)
    asks = _good(house)
    known = sorted(str(one) for one in house.firm.own[WHO].ids.values())
    tried = Tried()
    for operation in operations():
        good = asks[f"{operation.method.upper()} {operation.path}"]
        _try(house, operation, requests(operation, mode, good, known), tried)
        if house.changed():
            tried.wrong.append(f"{operation.method} {operation.path}: a refusal changed {house.changed()}")
            house.noted()
    sum_of = sum(tried.codes.values())
    assert not tried.wrong, f"{len(tried.wrong)} of {sum_of}\n" + "\n".join(tried.wrong)
    assert {200, 404, 422} <= set(tried.codes)
    assert sum_of >= len(asks)


@dataclass
class Tried:
    """What is wrong, and how often each code was the answer."""

    wrong: list[str] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)


def _try(house: House, operation: Any, made: SearchStrategy[Request], tried: Tried) -> None:
    @settings(
        max_examples=EACH, database=None, derandomize=not WHOLE, phases=[Phase.generate], deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(made)
    def answered(request: Request) -> None:
        code, says = _send(house, operation, request)
        tried.codes[code] += 1
        if says:
            tried.wrong.append(f"{request}: {says}")

    answered()


def _send(house: House, operation: Any, request: Request) -> tuple[int, str]:
    """The code of the answer, and what is wrong with it. Refusals stay, so that what they change is seen."""
    with transaction.atomic():
        answer = house.program(WHO).generic(
            request.method, request.url, request.body, content_type=request.kind, headers=request.headers
        )
        says = undescribed(operation, answer)
        if hasattr(answer, "streaming_content"):
            b"".join(answer.streaming_content)
        transaction.set_rollback(answer.status_code < 400 or answer.status_code >= 500)
    return answer.status_code, says


def _good(house: House) -> dict[str, Ask]:
    """A request that does what it is for, per operation."""
    found: dict[str, Ask] = {}
    for row in _of_api():
        address = addresses()[row.address]
        found.setdefault(
            f"{row.method} {row.address}", ask(row, address, house.firm, house.firm.own[WHO], WHO)
        )
    return found


def _of_api() -> list[Row]:
    return [row for row in rows() if row.api and row.address in description()["paths"]]


@pytest.mark.shows("F12", "I2.api")
def test_every_post_takes_a_key_and_has_one_effect_for_it(house: House) -> None:
    house.ready(WHO)
    posts = [row for row in _of_api() if row.method == "POST"]
    described = {path for path, methods in description()["paths"].items() if "post" in methods}
    assert {row.address for row in posts} == described
    wrong, taken = [], 0
    for row in posts:
        address = addresses()[row.address]
        good = ask(row, address, house.firm, house.firm.own[WHO], WHO)
        with transaction.atomic():
            says = _twice(house, row, good)
            transaction.set_rollback(True)
        taken += says is not None
        wrong += [f"{row.key}: {says}"] if says else []
    assert not wrong, "\n".join(wrong)
    assert taken >= len(described)
    assert not house.changed()


def _twice(house: House, row: Row, good: Ask) -> str | None:
    """What is wrong when a request is sent again with its key, then another one with it; None when it may not be sent."""

    def send(one: Ask) -> Any:
        for value in (one.body or {}).values():
            if hasattr(value, "seek"):
                value.seek(0)
        url = url_of(row, addresses()[row.address], one)
        return house.program(WHO).generic("POST", url, headers={"idempotency-key": "once"}, **sent(one))

    first = send(good)
    if first.status_code >= 400:
        return None if first.status_code == row.done else f"{first.status_code} instead of {row.done}"
    there = house.state()
    again = send(good)
    if (again.status_code, again.content and json.loads(again.content)) != (
        first.status_code,
        first.content and json.loads(first.content),
    ):
        return f"answered {again.status_code} {again.content[:200]!r} the second time"
    if again.headers.get("Idempotent-Replay") != "true":
        return "the second answer does not say that it is one"
    if house.state() != there:
        return "had a second effect"
    other = send(replace(good, body={**(good.body or {}), "another": "body"}))
    if other.status_code != 422 or json.loads(other.content)["code"] != "idempotency_key_reused":
        return f"another body with the same key: {other.status_code} {other.content[:200]!r}"
    return "" if house.state() == there else "another body had an effect"
