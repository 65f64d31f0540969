"""What somebody is at the client, guessed from the title.

buying_role(title) -> 'director' | 'head_of_department' | 'decision_maker' | 'influencer' | 'gatekeeper' | ''
is_title(text) -> bool    # the words look like a position in a firm
"""

from __future__ import annotations

import re
from functools import lru_cache

# Order decides: «помощник директора» guards the door, «заместитель директора» decides.
_ROLES = (
    (
        "gatekeeper",
        r"секретар|помощни[кц]|ассистент|референт|администратор|офис-?\s?менеджер|делопроизводител|ресепш|приёмн|приемн"
        r"|\bassistant\b|secretary|receptionist|front desk|office manager|\bpa to\b|gatekeeper",
    ),
    ("decision_maker", r"\bзам(?:еститель)?\b|зам\.|первый зам|\bdeputy\b|\bvice[ -]president\b"),
    ("director", r"ген(?:\.|еральн\w*)\s?-?дир|\bгендир|\bceo\b|chief executive|managing director"),
    (
        "decision_maker",
        r"совладел|партн[её]р\b|акционер|учредител|собственник|владелец|владелица"
        r"|основател|инвестор|член правления|члена? совета"
        r"|\bowner\b|founder|co-founder|\bpartner\b|shareholder|\bevp\b|\bsvp\b|\bvp\b"
        r"|коммерческий директор|финансовый директор|исполнительный директор|технический директор|операционный директор"
        r"|директор по|директор департамента|директор направления"
        r"|chief (?!executive)\w+|\bc(?:f|o|m|t|i|c|r|p|h r)o\b|\bchro\b|director of",
    ),
    (
        "director",
        r"ген(?:\.|еральн\w*)\s?-?дир|\bгендир|директор|управляющ\w+|президент|\bглава\b|предприниматель|\bип\b"
        r"|председател|ректор\b|главный врач|главврач|заведующ"
        r"|\bceo\b|chief executive|managing director|general manager|\bpresident\b|\bdirector\b|geschäftsführer|\bmd\b"
        r"|gérant|principal\b|chairman",
    ),
    (
        "head_of_department",
        r"начальни|руководител|\bрук\.|завед|\bзав\b|зав\.|тимлид|старший менеджер|главный|шеф|ведущий менеджер"
        r"|\bhead\b|^lead\b|\b(?:team|tech|sales|product|project|art|group|marketing) lead\b|team leader|supervisor|\bleiter\b|\bmanager of\b|superintendent",
    ),
    (
        "influencer",
        r"менеджер|специалист|инженер|бухгалтер|экономист|маркетолог|аналитик|юрист|юрисконсульт|снабжен|закуп|логист"
        r"|технолог|мастер|агроном|архитектор|дизайнер|программист|разработчик|консультант|эксперт|методист|координатор"
        r"|продюсер|редактор|бренд|торговый представитель|продавец|кадров|рекрутер|тренер|преподавател|учител|врач"
        r"|оператор|механик|энергетик|прораб|сметчик|проектировщик|администр|пиар|\bhr\b|\bpr\b"
        r"|manager|specialist|engineer|accountant|analyst|consultant|buyer|procurement|marketer|lawyer|counsel"
        r"|developer|designer|architect|coordinator|expert|officer|executive|representative|recruiter|editor|planner",
    ),
)
_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
_DECIDES = _PATTERNS[1][1]
_HEAD_OF = re.compile(r"начальни|руководител|заведующ|\bhead of\b", re.IGNORECASE)


@lru_cache(maxsize=5_000)
def buying_role(title: str) -> str:
    """The role that the title suggests, '' where it suggests none."""
    if not title.strip():
        return ""
    for role, pattern in _PATTERNS:
        if pattern.search(title):
            if (
                role in ("decision_maker", "director")
                and _HEAD_OF.search(title)
                and "директор" not in title.lower()
            ):
                deputy = re.search(r"\bзам", title, re.IGNORECASE)
                return "influencer" if deputy else "head_of_department"
            return role
    return ""


def is_title(text: str) -> bool:
    """The words look like a position in a firm."""
    return buying_role(text) != ""
