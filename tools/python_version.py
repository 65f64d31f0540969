"""Says in plain words when Python is too old; runs on any Python 3."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Konveyer needs Python 3.11 or newer; this is %s. Try: make PYTHON=python3.12 setup" % sys.version.split()[0])  # noqa: UP031
