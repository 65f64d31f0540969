"""What an outcome proposes as the next step: days and kind; a person may choose otherwise."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Following:
    """The proposed next step. `ask` means: the moment must come from the person (he was told one)."""

    kind: str
    after: timedelta
    ask: bool = False


_SOON, _DAY, _WEEK = timedelta(hours=3), timedelta(days=1), timedelta(days=7)
_BY_OUTCOME = {
    "no_answer": Following("call", _SOON),
    "busy": Following("call", timedelta(minutes=30)),
    "gatekeeper": Following("call", _DAY),
    "wrong_number": Following("todo", _DAY),
    "later": Following("call", timedelta(days=30), ask=True),
    "interest": Following("call", _DAY),
    "agreed": Following("meeting", 2 * _DAY, ask=True),
    "talked": Following("call", 2 * _DAY),
    "refusal": Following("todo", _DAY),
    "do_not_call": Following("mail", _WEEK),
    "held": Following("mail", _DAY),
    "not_held": Following("call", _DAY),
    "replied": Following("call", _DAY),
}


def following(outcome: str) -> Following:
    """The step that usually follows an outcome."""
    return _BY_OUTCOME.get(outcome, Following("call", 2 * _DAY))
