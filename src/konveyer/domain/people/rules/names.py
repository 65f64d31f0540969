"""Personal names as people write them → last name, first name, patronymic.

    split_name(text) -> PersonName(last, first, patronymic, honorific, certainty)
    show_name(last, first, patronymic, language="ru", style="full") -> str
        full: ru «Кудрин Роман Андреевич», en «Roman Kudrin» · polite: «Роман Андреевич», «Roman»
        initials: «Кудрин Р. А.», «R. Kudrin»

Certainty: sure (a patronymic, a comma or initials say which is which), likely (a known first name or the ending
of a last name says so), guess (the usual order of the script, nothing more). Nothing is lost: words that fit
nowhere stay in the last name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from konveyer.domain.people.rules.first_names import FOREIGN, RUSSIAN


@dataclass(frozen=True, slots=True)
class PersonName:
    """Parts of a name; '' where there is none. `certainty`: sure, likely, guess."""

    last: str = ""
    first: str = ""
    patronymic: str = ""
    honorific: str = ""
    certainty: str = "guess"


_PATRONYMIC = re.compile(
    r"[а-яё]{2,}(?:ович|евич|ьич|овна|евна|ична|инична|овича|евича)|(?:ильич|кузьмич|лукич|фомич|никитич|савич|саввич|ильинична)"
    r"|[a-z]{2,}(?:ovich|evich|yevich|ovna|evna|yevna|ichna)",
    re.IGNORECASE,
)
_OGLY = re.compile(r"(?:оглы|оглу|кызы|гызы|кизи|улы|уулу|ogly|oglu|kyzy|qizi|uly)", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s*[\-‐]?){1,3}|[A-ZА-ЯЁ]{1,2}\.?")
_ONE_INITIAL = re.compile(r"([^\W\d_])\.?")
_LAST_ENDING = re.compile(
    r".{2,}(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|цкий|ская|цкая|ской|цкой|енко|чук|щук|юк|ян|янц|дзе|швили"
    r"|иани|ых|их|ович|евич|ский|уа|аускас|енас|онис)",
    re.IGNORECASE,
)
_LATIN_ENDING = re.compile(r".{2,}(?:ov|ova|ev|eva|sky|skiy|skaya|enko|chuk|yan|shvili|dze)", re.IGNORECASE)
_HONORIFIC = re.compile(
    r"(?:г-н|г-жа|господин|госпожа|гн\.|тов\.|товарищ|уважаемый|уважаемая|mr|mrs|ms|miss|mx|dr|prof|sir|madam"
    r"|herr|frau|monsieur|madame|mme|m-me|señor|señora|д-р|доктор|профессор|проф)\.?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"(?:jr|sr|ii|iii|iv|phd|ph\.d|md|mba|esq|к\.\s?\w\.\s?н|д\.\s?\w\.\s?н|мл|ст|младший|старший)\.?",
    re.IGNORECASE,
)
_PARTICLES = frozenset("von van der den de da dos das del della di du la le el al bin ibn ben ter zu фон ван дер де да дель ди ле ла аль бин ибн тер".split())  # fmt: skip  # noqa: SIM905
_NO_LETTERS = re.compile(r"[^\w\s.,'’\-‐‑`()]|[\d_]")
# The usual name, two or three words in capitals and small letters, goes a shorter way to the same answer.
_SIMPLE = re.compile(r"(?:[A-ZА-ЯЁ][a-zа-яё]{2,40} ){1,2}[A-ZА-ЯЁ][a-zа-яё]{2,40}")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def split_name(text: str) -> PersonName:
    """The parts of one person's name, in whichever order they were written. Empty text: empty parts."""
    if _SIMPLE.fullmatch(text) and all(map(_ordinary, simple := text.split(" "))):
        return _arranged(simple)
    plain = unicodedata.normalize("NFC", _BRACKETS.sub(" ", text))
    plain = " ".join(_NO_LETTERS.sub(" ", plain.replace("‑", "-").replace("‐", "-")).split()).strip(" ,-")
    if not any(sign.isalpha() for sign in plain):
        return PersonName()
    honorific, words = _without_titles(plain)
    if "," in words:
        return replace(_by_comma(words), honorific=honorific)
    parts = _joined(_spread_initials(words).split())
    name = _tidy(_arranged(parts))
    if honorific and not name.last and name.certainty == "guess":
        name = replace(name, last=name.first, first="")
    return replace(name, honorific=honorific)


@lru_cache(maxsize=50_000)
def _ordinary(word: str) -> bool:
    """Nothing but a part of a name: no title, degree or particle."""
    special = _HONORIFIC.fullmatch(word) or _SUFFIX.fullmatch(word) or _OGLY.fullmatch(word)
    return not special and word.casefold() not in _PARTICLES


def _without_titles(text: str) -> tuple[str, str]:
    words = text.split()
    titles = []
    while len(words) > 1 and _HONORIFIC.fullmatch(words[0].rstrip(",")):
        titles.append(words.pop(0))
    while len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        words.pop()
    return " ".join(titles), " ".join(words).strip(" ,")


def _by_comma(text: str) -> PersonName:
    """«Kudrin, Roman A.»: before the comma the last name."""
    last, _, rest = text.partition(",")
    parts = _joined(_spread_initials(rest.replace(",", " ")).split())
    if not parts:
        return split_name(last)
    if is_patronymic(parts[-1]) and len(parts) > 1:
        return _tidy(PersonName(last.strip(), " ".join(parts[:-1]), parts[-1], "", "sure"))
    return _tidy(PersonName(last.strip(), " ".join(parts), "", "", "sure"))


def _spread_initials(text: str) -> str:
    """«И.И.Иванов» → «И. И. Иванов»; «ИванИванов» stays."""
    spread = re.sub(r"\b([^\W\d_])\.\s*(?=[^\W\d_])", r"\1. ", text)
    return re.sub(r"\b([А-ЯЁ])([А-ЯЁ])\.?$", r"\1. \2.", spread) if re.search(r"[а-яё]", text) else spread


def _joined(words: list[str]) -> list[str]:
    """Words that belong together: «Гейдар оглы», «ван дер Ваальс», «Салтыков - Щедрин»."""
    parts: list[str] = []
    prefix: list[str] = []
    for word in words:
        bare = word.strip(",")
        if parts and _OGLY.fullmatch(bare):
            parts[-1] = f"{parts[-1]} {bare}"
        elif bare == "-" and parts:
            prefix = [parts.pop(), "-"]
        elif (
            bare.casefold() in _PARTICLES
            and (parts or bare.islower() or len(words) > 2)
            and bare is not words[-1]
        ):
            prefix.append(bare)
        elif bare:
            glued = f"{prefix[0]}-{bare}" if prefix[-1:] == ["-"] else " ".join([*prefix, bare])
            parts.append(glued)
            prefix = []
    return parts + ([" ".join(prefix)] if prefix else [])


def _arranged(parts: list[str]) -> PersonName:
    if not parts:
        return PersonName()
    if len(parts) == 1:
        return _single(parts[0])
    initials = [bool(_ONE_INITIAL.fullmatch(part)) for part in parts]
    if any(initials) and not all(initials):
        return _with_initials(parts, initials)
    if len(parts) >= 3:
        # «Абрамович Роман Аркадьевич», «Роман Аркадьевич Абрамович»: last names that end like patronymics
        places = [index for index, part in enumerate(parts) if index and is_patronymic(part)]
        if places:
            return _with_patronymic(parts, 1 if places[0] == 1 and _is_first(parts[0]) else places[-1])
    if len(parts) == 2:
        return _pair(parts)
    return _several(parts)


def _single(word: str) -> PersonName:
    if _is_first(word):
        return PersonName("", word, "", "", "likely")
    if _is_last(word):
        return PersonName(word, "", "", "", "likely")
    if is_patronymic(word):
        return PersonName("", "", word, "", "guess")
    return PersonName("", word, "", "", "guess")


def _with_initials(parts: list[str], initials: list[bool]) -> PersonName:
    short = [_dotted(part) for part, one in zip(parts, initials, strict=True) if one]
    words = [part for part, one in zip(parts, initials, strict=True) if not one]
    cyrillic = bool(re.search(r"[Ѐ-ӿ]", words[0]))
    if len(words) == 1:
        return (
            PersonName(words[0], short[0], " ".join(short[1:]) if cyrillic else "", "", "sure")
            if (cyrillic or len(short) == 1)
            else PersonName(words[0], " ".join(short), "", "", "sure")
        )
    if cyrillic and len(words) == 2 and len(short) == 1:
        first = _pair(words)
        return replace(first, patronymic=short[0])
    # John F. Kennedy
    return PersonName(words[-1], " ".join([*parts[:-1]]), "", "", "likely")


def _with_patronymic(parts: list[str], at: int) -> PersonName:
    before, patronymic, after = parts[:at], parts[at], parts[at + 1 :]
    if after:
        return PersonName(" ".join(after), " ".join(before), patronymic, "", "sure")
    return PersonName(" ".join(before[:-1]), before[-1], patronymic, "", "sure")


def _pair(parts: list[str]) -> PersonName:
    one, two = parts
    if is_patronymic(two) and (_is_first(one) or _OGLY.search(two)):
        return PersonName("", one, two, "", "sure")
    first, second = _is_first(one), _is_first(two)
    if first != second:
        return PersonName(two, one, "", "", "likely") if first else PersonName(one, two, "", "", "likely")
    if _is_last(one) != _is_last(two):
        return (
            PersonName(one, two, "", "", "likely")
            if _is_last(one)
            else PersonName(two, one, "", "", "likely")
        )
    if re.search(r"[Ѐ-ӿ]", one) and not first:
        return PersonName(one, two, "", "", "guess")
    return PersonName(two, one, "", "", "guess")


def _several(parts: list[str]) -> PersonName:
    """Three words and more without a patronymic."""
    if _is_first(parts[0]):
        return PersonName(" ".join(parts[1:]), parts[0], "", "", "likely")
    known = next((index for index, part in enumerate(parts) if _is_first(part)), -1)
    if known > 0:
        return PersonName(" ".join(parts[:known]), " ".join(parts[known:]), "", "", "likely")
    if re.search(r"[Ѐ-ӿ]", parts[0]):
        return PersonName(parts[0], parts[1], " ".join(parts[2:]), "", "guess")
    return PersonName(" ".join(parts[1:]), parts[0], "", "", "guess")


@lru_cache(maxsize=50_000)
def is_patronymic(word: str) -> bool:
    """Ends as patronymics do; some last names (Абрамович) do as well."""
    return bool(_PATRONYMIC.fullmatch(word) or (" " in word and _OGLY.search(word)))


@lru_cache(maxsize=50_000)
def _is_first(word: str) -> bool:
    plain = word.casefold().replace("ё", "е")
    return all(part in RUSSIAN or part in FOREIGN for part in plain.split("-"))


@lru_cache(maxsize=50_000)
def _is_last(word: str) -> bool:
    return bool(
        not _is_first(word)
        and (
            _LAST_ENDING.fullmatch(word)
            or _LATIN_ENDING.fullmatch(word)
            or word.split(" ")[0].casefold() in _PARTICLES
        )
    )


def _dotted(letter: str) -> str:
    return letter[0].upper() + "."


def _tidy(name: PersonName) -> PersonName:
    """Capitals where the whole name was shouted or whispered; «Ряб.» keeps its dot."""
    words = " ".join(part for part in (name.last, name.first, name.patronymic) if part)
    letters = [sign for sign in words if sign.isalpha()]
    plain = words.isupper() if len(letters) > 4 else False
    if not (plain or words.islower()):
        return name
    return replace(
        name, last=_capitals(name.last), first=_capitals(name.first), patronymic=_capitals(name.patronymic)
    )


def _capitals(text: str) -> str:
    words = []
    for word in text.split():
        low = word.lower()
        keep = low in _PARTICLES or _OGLY.fullmatch(low)
        words.append(low if keep else "-".join(part[:1].upper() + part[1:] for part in low.split("-")))
    return " ".join(words)


def show_name(last: str, first: str, patronymic: str = "", language: str = "ru", style: str = "full") -> str:
    """A name as one writes it in the language; see the module's docstring. Missing parts leave no gaps."""
    if style == "polite":
        return _spaced(first, patronymic) if language == "ru" and first else first or last
    if style == "initials":
        short = [_dotted(part) for part in (first, patronymic if language == "ru" else "") if part]
        return _spaced(last, *short) if language == "ru" else _spaced(*short, last)
    return _spaced(last, first, patronymic) if language == "ru" else _spaced(first, last)


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)
