"""The lead's story, newest on top: what is planned, numbered touches, handoffs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from konveyer.domain.leads.models import Handoff, Task
from konveyer.domain.leads.rules.returns import RETURN_REASONS
from konveyer.domain.notes.models import Note
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.queries import Numbered
from konveyer.kit.formats import span
from konveyer.web.kit.tags.numbers import language
from konveyer.web.lead.words import CHANNELS, OUTCOMES, SIGNS, TASKS, TONES

MOST = 200
KINDS = {"calls": ("call",), "mails": ("mail", "message", "letter")}


@dataclass(frozen=True)
class Entry:
    """One line. `number` for counted touches, `sign` (an icon) for the rest; `state` planned or done."""

    at: datetime
    title: str
    number: int | None = None
    sign: str = ""
    state: str = "done"
    who: str = ""
    mark: str = ""
    tone: str = ""
    text: str = ""
    late: bool = False


def timeline(
    touches: list[Numbered],
    tasks: list[Task],
    handoffs: Iterable[Handoff],
    notes: Iterable[Note],
    *,
    only: str,
    now: datetime,
) -> list[Entry]:
    """Planned steps hollow on top with the numbers they will get, then what happened; `only` calls or mails."""
    kinds = KINDS.get(only)
    done = [_touch(item) for item in touches[:MOST] if kinds is None or item.touch.channel in kinds]
    told = [] if kinds else [*map(_handoff, handoffs), *map(_note, notes)]
    last = max((item.number or 0 for item in touches), default=0)
    planned = [
        _task(task, last + place, now)
        for place, task in enumerate(tasks, 1)
        if kinds is None or task.kind in kinds
    ]
    return planned[::-1] + sorted([*done, *told], key=lambda entry: entry.at, reverse=True)


def _task(task: Task, number: int, now: datetime) -> Entry:
    return Entry(
        at=task.due_at,
        title=capfirst(task.title) or str(TASKS.get(task.kind, "")),
        number=number,
        state="planned",
        who=task.member.name,
        mark=_("the client named this time") if task.promised else "",
        late=task.due_at < now,
    )


def _touch(item: Numbered) -> Entry:
    touch = item.touch
    return Entry(
        at=touch.happened_at,
        title=_title(touch),
        number=item.number,
        sign=SIGNS[touch.channel] if touch.outcome not in ("no_answer", "busy") else "phone-off",
        who=touch.member.name if touch.member else (_("by itself") if touch.automatic else ""),
        mark=str(OUTCOMES[touch.outcome]),
        tone=TONES.get(touch.outcome, ""),
        text=touch.note,
    )


def _title(touch: Touch) -> str:
    name = str(CHANNELS[touch.channel])
    if touch.direction == "in":
        name = {
            "call": _("Incoming call"),
            "mail": _("Their mail"),
            "message": _("Their message"),
        }.get(touch.channel, name)
    if touch.seconds:
        return f"{name}, {span(timedelta(seconds=touch.seconds), language())}"
    return name


def _note(note: Note) -> Entry:
    return Entry(
        at=note.created_at,
        title=pgettext("timeline", "Note"),
        sign="note",
        who=note.member.name if note.member else "",
        text=note.body,
    )


def _handoff(handoff: Handoff) -> Entry:
    names: dict[str, Any] = {
        "giver": handoff.from_member.name if handoff.from_member else "—",
        "receiver": handoff.to_member.name if handoff.to_member else handoff.to_role.name,
    }
    state = {
        "sent": (pgettext("handoff", "waits for acceptance"), "warn"),
        "accepted": (pgettext("handoff", "accepted"), "good"),
        "returned": (pgettext("handoff", "returned"), "bad"),
        "recycled": (pgettext("handoff", "not accepted in time"), ""),
    }[handoff.state]
    reason = str(RETURN_REASONS.get(handoff.return_reason, "")) if handoff.state == "returned" else ""
    said = ". ".join(part for part in (reason, handoff.return_note) if part)
    return Entry(
        at=handoff.sent_at,
        title=_("%(giver)s → %(receiver)s") % names,
        sign="transfer",
        mark=state[0],
        tone=state[1],
        text=said or handoff.introduction,
    )
