"""Says in plain words when Python is too old or comes without its environments; runs on any Python 3."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    found = ".".join(str(number) for number in sys.version_info[:3])
    sys.exit("Konveyer needs Python 3.11 or newer; this is " + found + ". Try: make PYTHON=python3.12 setup")
try:
    import ensurepip  # noqa: F401
    import venv  # noqa: F401
except ImportError:
    sys.exit(
        "This Python cannot make environments (modules venv and ensurepip are missing). "
        "On Debian and Ubuntu: apt install python3-venv"
    )
