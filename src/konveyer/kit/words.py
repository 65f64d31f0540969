"""Texts for the terminal, before and without Django: the same catalogue, read by the standard library.

The language is that of the person at the terminal: KONVEYER_LANGUAGE, else the usual LC_ALL, LC_MESSAGES, LANG.
"""

import functools
import gettext as standard
import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def terminal_language(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> str:
    """`ru` or `en`."""
    for name in ("KONVEYER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "ru" if value.lower().startswith("ru") else "en"
    return "en"


@functools.lru_cache(maxsize=2)
def _catalogue(language: str) -> standard.NullTranslations:
    return standard.translation("django", localedir=str(LOCALE), languages=[language], fallback=True)


def gettext(message: str) -> str:
    """The message in the language of the terminal."""
    return _catalogue(terminal_language()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The message in the form that fits the number."""
    return _catalogue(terminal_language()).ngettext(one, many, number)
