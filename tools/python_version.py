"""Says in plain words when Python is too old; runs on any Python 3."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    found = sys.version.split()[0]
    sys.exit("Konveyer needs Python 3.11 or newer; this is " + found + ". Try: make PYTHON=python3.12 setup")
