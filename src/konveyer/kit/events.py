"""Facts that travel upwards: a package publishes, `wiring` says who listens.

Handlers run at once, in the transaction of the publisher: either everything happens or nothing does.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")
_handlers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event: type[Event], handler: Callable[[Event], None]) -> None:
    """Call `handler` with every `event`; subscribing the same handler again changes nothing."""
    if handler not in _handlers[event]:
        _handlers[event].append(handler)


def publish(event: object) -> None:
    """Tell everybody who subscribed to this type of event."""
    for handler in _handlers[type(event)]:
        handler(event)
