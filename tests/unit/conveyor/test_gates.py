"""Gates: exact answers, and that knowing more never closes one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.conveyor.rules.gates import Condition, Missing, missing


def condition(**fields: object) -> Condition:
    return Condition(**({"id": "1", "stage": "s", "kind": "filled", "fact": "f", "label": "F"} | fields))  # type: ignore[arg-type]


@pytest.mark.shows("S24", "I2.gates")
@pytest.mark.parametrize(
    ("asked", "value", "why"),
    [
        ({}, "", Missing.UNKNOWN),
        ({}, "  ", Missing.UNKNOWN),
        ({}, "anything", None),
        ({"ask": "yes"}, "yes", None),
        ({"ask": "yes"}, "no", Missing.DIFFERENT),
        ({"ask": "choice", "choices": ("Now", "Later")}, "Later", None),
        ({"ask": "choice", "choices": ("Now", "Later")}, "Never", Missing.NOT_A_CHOICE),
        ({"ask": "number"}, "1 200,50", None),
        ({"ask": "number"}, "many", Missing.NOT_A_NUMBER),
        ({"ask": "number"}, "NaN", Missing.NOT_A_NUMBER),
        ({"ask": "number", "number": Decimal(20)}, "20", None),
        ({"ask": "number", "number": Decimal(20)}, "19,9", Missing.TOO_FEW),
        ({"kind": "code_word", "expected": "Маятник"}, " маятник!", None),
        ({"kind": "code_word", "expected": "Ёлка"}, "елка", None),
        ({"kind": "code_word", "expected": "маятник"}, "моятник", Missing.NEAR),
        ({"kind": "code_word", "expected": "маятник"}, "часы", Missing.DIFFERENT),
    ],
)
def test_why_a_condition_does_not_hold(asked: dict[str, object], value: str, why: Missing | None) -> None:
    found = missing([condition(**asked)], {"f": value})
    assert list(found.values()) == ([why] if why else [])


facts = st.dictionaries(st.sampled_from("abcdef"), st.text(max_size=8), max_size=6)


@given(known=facts, more=facts, wanted=st.sets(st.sampled_from("abcdef"), max_size=6))
def test_knowing_more_never_closes_a_gate(
    known: dict[str, str], more: dict[str, str], wanted: set[str]
) -> None:
    conditions = [condition(id=name, fact=name) for name in sorted(wanted)]
    before = {item.fact for item in missing(conditions, known)}
    after = {item.fact for item in missing(conditions, {name: v for name, v in more.items() if v.strip()} | {
        name: v for name, v in known.items() if v.strip()
    })}  # fmt: skip
    assert after <= before
