"""The role that is said beside a name: «начальник отдела кадров», "head of purchasing"."""

from __future__ import annotations

import re

_NOUN = (
    r"(?:начальник\w*|директор\w*|руководител\w*|заместител\w*|зам(?:а|у|ом)?(?![а-яё])|замдиректор\w*|менеджер\w*|специалист\w*|инженер\w*|энергетик\w*|бухгалтер\w*|юрист\w*|закупщи\w*|снабжен\w*|логист\w*|маркетолог\w*|технолог\w*|механик\w*|секретар\w*|"
    r"администратор\w*|админ\w*|завхоз\w*|кладовщи\w*|экономист\w*|агроном\w*|куратор\w*|координатор\w*|управляющ\w*|заведующ\w*|керівник\w*|владел\w*|"
    r"head|manager|director|lead|buyer|officer|engineer|accountant|secretary|assistant|owner|coordinator|specialist|supervisor|chief|partner|vp|ceo|cto|cfo|coo|leiter\w*|einkäufer\w*|geschäftsführer\w*|assistent\w*|responsable|directeur|directrice)"
)
_AFTER = re.compile(
    rf"\s*(?:[,(–—-]|\()\s*((?:(?!\d)[^,;.()@\n:\d]){{0,40}}\b{_NOUN}(?:\b(?!\d)[^,;.()@\n:\d]{{0,50}})?)(?=[,;.()\n:]|$)",
    re.I,
)
_BRACKET = re.compile(r"\s*\(((?=[^)]*[^\W\d_]{4})[^()@\d]{4,60})\)")
_BEFORE = re.compile(
    rf"((?:[^\W\d_][\w-]*\s+){{0,3}}?{_NOUN}(?:\s+[а-яёa-zäöüß-]+){{0,4}}?)[\s,:–—-]{{1,4}}$", re.I
)
_SKIP = re.compile(r"^(?:к|с|со|ко|у|это|она|он|я|по|срочн\w+|делам|вопросам|замещает|наш\w*|мой|моя|мо\w+|our|my|the|to|with|is|a|вам|пишите|обращайтесь|обратитесь|обращаться|рекомендуем|звоните|передал\w*|решает|подписывает|ведет|занимается|свяжитесь|деньги|его|ее|есть|and|contact|want|speak|you|прошу|лучше|тогда)\s+", re.I)  # fmt: skip
_CASES = (("ому ", "ый "), ("ему ", "ий "), ("ым ", "ый "))
_NOUNS = (("ику", "ик"), ("ору", "ор"), ("телю", "тель"), ("еру", "ер"), ("исту", "ист"), ("щику", "щик"), ("ологу", "олог"), ("исту", "ист"), ("ару", "арь"), ("ину", "ин"), ("иком", "ик"), ("ором", "ор"), ("телем", "тель"), ("ером", "ер"), ("истом", "ист"), ("ка", "к"))  # fmt: skip


_ROLE = re.compile(rf"(?:{_NOUN})", re.I)


def is_role(word: str) -> bool:
    """Whether the word is a role and so no name."""
    return bool(_ROLE.fullmatch(word.strip(",.()")))


def role_around(text: str, start: int, end: int) -> str:
    """The role behind the name (in commas or brackets), else in front of it; '' where none is said."""
    behind = _AFTER.match(text[end : end + 120])
    if behind:
        return _tidy(behind[1])
    bracket = _BRACKET.match(text[end : end + 80])
    if bracket and not re.search(r"копи|cc|тел|доб", bracket[1], re.I):
        return bracket[1].strip()
    front = _BEFORE.search(re.split(r"[.!?\n;]", text[max(0, start - 90) : start])[-1])
    return _tidy(front[1]) if front else ""


def _tidy(role: str) -> str:
    said = " ".join(role.split())
    for _ in range(6):
        shorter = _SKIP.sub("", said)
        if shorter == said:
            break
        said = shorter
    first, _, rest = said.partition(" ")
    if first.lower().endswith(("ому", "ему", "ым")) and rest:
        noun, _, more = rest.partition(" ")
        adjective = next(
            (first[: -len(end.strip())] + base.strip() for end, base in _CASES if f"{first} ".endswith(end)),
            first,
        )
        return f"{adjective} {_nominative(noun)} {more}".strip()
    made = f"{_nominative(first)} {rest}".strip()
    return made[0].lower() + made[1:] if made[:1].isupper() and re.match(r"[А-ЯЁ][а-яё]", made) else made


def _nominative(noun: str) -> str:
    if noun.lower().startswith("зам") and len(noun) < 7:
        return "заместитель"
    low = noun.lower()
    return next(
        (
            noun[: -len(end)] + base
            for end, base in _NOUNS
            if low.endswith(end) and len(low) > 5 and end != "ка"
        ),
        noun,
    )
