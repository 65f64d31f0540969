"""Entry points of the worker, one module per domain package.

Procrastinate only wakes and repeats; what is to be done stands in rows of the domain. A job opens one transaction in
its workspace, makes one domain call and ends. Every job may safely run again and beside itself.
"""

import importlib
import pkgutil


def register() -> None:
    """Import every module of jobs, so that their names are known to the worker."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
