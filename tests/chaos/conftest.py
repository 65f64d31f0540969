"""A Konveyer of its own for each test that wants one."""

from tests.house import founded_home, house

__all__ = ["founded_home", "house"]
