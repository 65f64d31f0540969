"""Conservation equations over the whole base: laws that every correct base keeps, whoever wrote into it.

They only read, as the role that cannot write, in one snapshot. `konveyer reconcile` asks them all.
"""

from importlib import import_module
from pkgutil import iter_modules

from konveyer.domain.insight.queries.reconcile.equation import Asked, Broken, Equation

__all__ = ["Asked", "Broken", "Equation", "equations"]


def equations() -> list[Equation]:
    """Every equation there is: one a module, by code."""
    found = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return [module.EQUATION for module in found if hasattr(module, "EQUATION")]
