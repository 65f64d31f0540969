"""People whom a letter names to be asked instead, with what is said of them: role, e-mail, phone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from konveyer.domain.delivery.rules.contacts import LONGEST, Spot, emails_in, phones_in
from konveyer.domain.delivery.rules.letter import Asked, Letter, Named
from konveyer.domain.delivery.rules.name_forms import first_name, is_patronymic, nominative
from konveyer.domain.delivery.rules.phrases import says
from konveyer.domain.delivery.rules.roles import is_role, role_around

FAR = 160  # characters between a name and what belongs to it

_WORD = r"(?:(?:[A-ZА-ЯЁ]\.\s?){1,2}(?=[\s,;)(]|$|[A-ZА-ЯЁ])|[A-ZА-ЯЁІЇЄÄÖÜÉ][^\W\d_]*(?:['’-][A-ZА-ЯЁ]?[^\W\d_]+)?)"
_NAME = re.compile(
    rf"(?<![\w@.])(?:{_WORD})(?:[ \u00a0]{{1,2}}{_WORD}){{0,3}}|(?<![\w@.])[А-ЯЁ][а-яё]+ (?:[А-ЯЁ]\.\s?){{1,2}}"
)
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "herr", "frau", "herrn", "prof", "m", "mme", "monsieur", "madame", "señor", "señora", "sr", "sra", "г-н", "г-жа", "господин", "госпожа", "dipl-ing"])  # fmt: skip
_NO_NAMES = frozenset(["зовут", "замещает", "вместо", "это", "его", "ее", "её", "ihnen", "wenden", "bitte", "please", "contact", "call", "ring", "ask", "try", "your", "our", "head", "customer", "care", "support", "sales", "accounts", "office", "team", "the", "директор", "вам", "тел", "почта", "e-mail", "mobile", "phone", "адрес", "вопросы", "контакт", "ihre", "frau", "herr"])  # fmt: skip
_SPLIT = re.compile(r"(?:[A-ZА-ЯЁ]\.\s?){1,2}(?=\s|$|[,;)(])|[^\s\u00a0]+")
_LISTED = re.compile(
    r'"?([^"<>,;@]{0,80}?)"?\s*<\s*([^<>\s]{3,200}@[^<>\s]{2,200})\s*>|([^\s<>,;"]{1,64}@[^\s<>,;"]{2,200})'
)
_TITLED = re.compile(r"(?:mr|mrs|ms|dr|herrn?|frau|г-н[ау]?|госпо\w+)\.?\s*$", re.I)
_GREETED = re.compile(
    r"(?:здравствуйте|добрый|доброе|доброго|привет|приветствую|уважаем\w+|hi|hello|dear|hey|guten|hallo|sehr|bonjour|liebe\w*|с уважением|спасибо|thanks|thank you|день|утро|вечер|tag|morning|afternoon)[ ,!]{0,3}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Person:
    words: tuple[str, ...]
    name: str
    start: int
    end: int


def named_in(asked: Asked) -> tuple[Named, ...]:
    """Everybody named with a way to reach him; without any, the one that a sentence sends to."""
    text = asked.reply[:LONGEST]
    mails = [one for one in emails_in(text) if not _ours(one.value, asked)]
    phones = phones_in(text)
    people = _people(text, asked)
    found = _together(text, people, mails, phones)
    reachable = [one for one in found if one.email or one.phone]
    copied = _copied(asked) if says("copied", asked.said) and not reachable else []
    if copied:
        return tuple(copied)
    if reachable:
        return tuple(reachable[:5])
    return tuple(found[:1])


def _ours(address: str, asked: Asked) -> bool:
    return asked.known.ours(address) or address == asked.letter.sender or address in asked.letter.to


def _people(text: str, asked: Asked) -> list[_Person]:
    own = {
        word.lower()
        for word in re.findall(r"[^\W\d_]{2,}", f"{asked.letter.sender_name} {_addressees(asked.letter)}")
    }
    found = []
    for match in _NAME.finditer(text):
        start, words = _segment(match)
        while words and not _begins_name(words, text, start):
            start += len(words[0]) + 1
            words = words[1:]
        if not words or _greeted(text, start, match.end()):
            continue
        name, sure = nominative([word.strip(",;") for word in words])
        spoken = {word.lower() for word in re.findall(r"[^\W\d_]{2,}", name)}
        if spoken <= own and not _near_contact(text, match.end()):
            continue
        titled = bool(_TITLED.search(text[max(0, start - 12) : start]))
        if sure or titled or (len(words) > 1 and _near_contact(text, match.end())):
            found.append(_Person(tuple(words), name.strip(), start, match.end()))
    return found


def _segment(match: re.Match[str]) -> tuple[int, list[str]]:
    """The part of a row of capitalised words that may be a name: titles, roles and verbs part it."""
    parts: list[tuple[int, list[str]]] = [(match.start(), [])]
    for word in _SPLIT.finditer(match[0]):
        text = word[0].removesuffix("'s").removesuffix("’s")
        bare = text.strip(".").lower()
        if bare in _TITLES or bare in _NO_NAMES or is_role(text):
            parts.append((match.start() + word.end() + 1, []))
        else:
            parts[-1][1].append(text)
    return max(parts, key=lambda part: (any(first_name(word)[0] for word in part[1]), len(part[1])))


def _begins_name(words: list[str], text: str, start: int) -> bool:
    """The first word may be a name's: a known one, or one that a capital letter alone betrays inside a sentence."""
    word = words[0]
    if word.strip(".").lower() in _TITLES:
        return False
    if first_name(word)[0] or is_patronymic(word) or "." in word:
        return True
    if len(words) > 1 and (first_name(words[1])[0] or re.fullmatch(r"(?:[A-ZА-ЯЁ]\.\s?){1,2}", words[1])):
        before = text[:start].rstrip()
        inside = bool(before) and not before.endswith((".", "!", "?"))
        return inside or "." in words[1] or _surname(word)
    before = text[:start].rstrip(' \u00a0"«(')
    inside = bool(before) and before[-1] not in ".!?\n"
    return inside and len(words) > 1 and not (len(words) == 2 and words[0].isupper())


def _surname(word: str) -> bool:
    return bool(
        re.search(
            r"(?:ов|ев|ёв|ин|ын|ский|цкий|ова|ева|ёва|ина|ына|ская|цкая|ко|ук|юк|ову|еву|ину|овой|евой|иной)$",
            word,
        )
    )


def _greeted(text: str, start: int, end: int) -> bool:
    """The name of the one who is spoken to: behind a greeting, or alone in front of a comma."""
    if _GREETED.search(text[max(0, start - 30) : start]):
        return True
    line = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end : end + 2]
    before = text[:start].strip()
    return (not line.strip() and not before and after[:1] in (",", "!", "\n", "-")) or (
        not before and after == " -"
    )


def _near_contact(text: str, end: int) -> bool:
    beside = text[end : end + 80]
    return "@" in beside or bool(re.search(r"\d[\d ()-]{6,}", beside))


def _addressees(letter: Letter) -> str:
    return re.sub(r"\S+@\S+", " ", letter.get("to"))


def _together(text: str, people: list[_Person], mails: list[Spot], phones: list[Spot]) -> list[Named]:
    """Each name with what stands between it and the next one; what nobody is named for stands alone."""
    found: list[Named] = []
    used: set[int] = set()
    for index, person in enumerate(people):
        end = people[index + 1].start if index + 1 < len(people) else len(text)
        mail = next(
            (one for one in mails if person.end <= one.start < end and one.start - person.end < FAR * 2), None
        )
        phone = next(
            (one for one in phones if person.end <= one.start < end and one.start - person.end < FAR * 2),
            None,
        )
        if mail is None and index == 0:
            mail = next(
                (one for one in mails if one.end <= person.start and person.start - one.end < 40), None
            )
        used.update(one.start for one in (mail, phone) if one)
        role = role_around(text, person.start, person.end)
        found.append(Named(person.name, role, mail.value if mail else "", phone.value if phone else ""))
    loose = [one for one in mails if one.start not in used]
    if not any(one.email for one in found):
        found += [Named(email=one.value) for one in loose if not people or not found]
    return _without_twice(found)


def _without_twice(found: list[Named]) -> list[Named]:
    kept: list[Named] = []
    for one in found:
        same = next(
            (index for index, other in enumerate(kept) if one.name and _same(one.name, other.name)), None
        )
        if same is None:
            kept.append(one)
        else:
            other = kept[same]
            kept[same] = replace(
                other,
                email=other.email or one.email,
                phone=other.phone or one.phone,
                role=other.role or one.role,
            )
    return kept


def _same(one: str, other: str) -> bool:
    mine, theirs = set(one.lower().split()), set(other.lower().split())
    return bool(theirs) and (mine <= theirs or theirs <= mine)


def _copied(asked: Asked) -> list[Named]:
    """Who stands in copy, by the names that the header gives."""
    found = []
    for name, angled, bare in _LISTED.findall(asked.letter.get("cc")[:2000]):
        address = (angled or bare).lower()
        if not (asked.known.ours(address) or address == asked.letter.sender):
            found.append(Named(" ".join(name.split()), "", address))
    return found
