"""Expecting a refusal by its code, which is the same in every language."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from konveyer.kit.refusal import Refused


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The block must raise a refusal with this code."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code
