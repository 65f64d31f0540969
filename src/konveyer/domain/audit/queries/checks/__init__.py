"""Every check there is: one a module."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from konveyer.domain.audit.queries.check import Check


@cache
def checks() -> dict[str, Check]:
    """By code, in the order of the rules."""
    found = [import_module(f"{__name__}.{module.name}").CHECK for module in iter_modules(__path__)]
    found.sort(key=lambda one: (one.rule[0] != "R", int(one.rule[1:]), one.code))
    return {one.code: one for one in found}
