"""Raw messages → letters.

read_letter(raw, folder="") -> Letter        never raises, whatever the bytes are
messages(paths, standard_input) -> Found(name, raw, folder, trouble), one after another
"""

from konveyer.adapters.letters.finding import Found, messages
from konveyer.adapters.letters.reading import read_letter

__all__ = ["Found", "messages", "read_letter"]
