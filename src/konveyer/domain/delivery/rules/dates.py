"""Days that a letter names: until when somebody is away, when to come back.

back_on("в отпуске с 1 по 14 июля", letter_date) -> date(2026, 7, 14)
put_off_to("напишите через две недели", letter_date) -> that day
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from konveyer.domain.delivery.rules.days import STALE, Day, days_in

LONGEST = 6000  # characters that are looked through

_END = re.compile(
    r"(?:\bдо|\bпо|until|till|'til|through|thru|\bto|bis(?: zum| einschließlich| einschl\.)?|jusqu'au|jusqu’au|hasta(?: el)?|fino al?|al|[-–—]|включительно|before|"
    r"(?:вернусь|верн[её]тся|верн[её]мся|возвращ\w+|выйду|выход(?:им|ит|жу)?|выйдет|появлюсь|появится|приступ\w+|буду|будем|будет|на связи|открыт\w*|начина\w+|работаем|приед\w+|return\w*|back|available|again|resum\w+|reopen\w*|wieder|zurück|retour|de retour|regres\w+|rientr\w+|answer|in the office|reply|respond|дождитесь|жд\w+|отвечу|ответим|прочту|разбер\w+|обработа\w+)"
    r"[^.\n\d]{0,50}?)\s*(?:\bс|со|\bв|\bво|\bна|после|on|from|at work on|am|ab|dem|le|el|il|the|в офисе|at|again on|of|не ранее|не раньше|только|at the office on)?\s*(?:the\s+)?(?:\w{2,12}[,.]?\s+)?$"
)
_START = re.compile(
    r"(?:\bс|\bсо|from|since|as of|seit|vom|von|ab|du|desde|dal|начиная с|письма? от|от|starting|dated|beginning)\s*(?:the\s+)?(?:\w{2,11},?\s+)?$"
)


def back_on(text: str, written: datetime | None) -> date | None:
    """The end of an absence as it is stated, or None."""
    if written is None:
        return None
    low = text[:LONGEST].lower().replace("\xa0", " ").replace("\n", " ")
    days = [day for day in days_in(low, written.date()) if day.form not in ("month", "quarter")]
    days.sort(key=lambda day: day.start)
    rated = [(_cue(low, day), day) for day in days]
    ahead = [(cue, day) for cue, day in rated if day.value >= written.date() - timedelta(days=STALE)]
    ends = [day for cue, day in ahead if cue == "end"]
    loose = [day for cue, day in ahead if cue == ""]
    if ends:
        sure = [day for day in ends if day.form != "weekday"] or ends
        return sure[0].value
    return loose[-1].value if loose else None


def put_off_to(text: str, written: datetime | None) -> date | None:
    """The day to come back, or None where it cannot be told."""
    if written is None:
        return None
    low = text[:LONGEST].lower().replace("\xa0", " ").replace("\n", " ")
    found = [day for day in days_in(low, written.date()) if day.value > written.date()]
    order = ("date", "day", "relative", "weekday", "month", "quarter")
    for form in order:
        for day in sorted(found, key=lambda one: one.start):
            if day.form == form:
                return day.value
    return None


def _cue(text: str, day: Day) -> str:
    before = text[max(0, day.start - 90) : day.start]
    after = text[day.end : day.end + 16]
    if _END.search(before):
        return "end"
    if re.match(r"\s*(?:включительно|inclusive|wieder|уже|на связи|на работе|я на месте)", after):
        return "end"
    return "start" if _START.search(before) else ""
