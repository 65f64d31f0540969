"""Personal names in a sentence: which words are one, and how they stand in the nominative.

    nominative(["Ирине", "Валерьевне", "Соколовой"]) -> ("Ирина Валерьевна Соколова", True)

The case of a first name or a patronymic tells that of the last name; where neither tells, nothing is changed.
"""

from __future__ import annotations

import re

from konveyer.domain.people.rules.first_names import FOREIGN, RUSSIAN

_MEN_IN_A = frozenset(["илья", "никита", "лука", "фома", "кузьма", "савва", "данила", "гаврила", "добрыня", "саша", "женя", "валя", "миша", "паша", "леша", "дима", "коля", "вова", "толя", "гриша", "костя", "петя", "вася", "витя", "сережа", "слава", "федя", "юра", "лева", "рома", "сеня", "гоша", "жора"])  # fmt: skip
_UKRAINIAN = frozenset(["тарас", "мельник", "оксана", "остап", "андрій", "олександр", "сергій", "дмитро", "михайло", "петро", "павло", "василь", "микола", "олена", "ірина", "наталія", "юлія", "ганна", "ержан", "асель", "айгуль", "нурлан", "аслан", "тимур", "ренат", "фарид", "ильдар"])  # fmt: skip
_ENDINGS = (
    ("ии", "ия"), ("ию", "ия"), ("ией", "ия"), ("ью", "ья"), ("ье", "ья"), ("ьей", "ья"), ("ьи", "ья"), ("ию", "ий"), ("ием", "ий"), ("ия", "ий"), ("ею", "ей"), ("еем", "ей"), ("ея", "ей"), ("аю", "ай"), ("ая", "ай"), ("аем", "ай"),
    ("ю", "ь"), ("я", "ь"), ("ем", "ь"), ("ём", "ь"), ("е", "а"), ("у", "а"), ("ой", "а"), ("ы", "а"), ("е", "я"), ("ю", "я"), ("ей", "я"), ("и", "я"), ("и", "а"), ("и", "ь"), ("у", ""), ("а", ""), ("ом", ""), ("ем", ""), ("лу", "ел"), ("ла", "ел"), ("лом", "ел"), ("ьву", "ев"), ("ьва", "ев"), ("ьвом", "ев"), ("ру", "р"), ("у", "о"),
)  # fmt: skip
_PATRONYMIC = re.compile(
    r"[а-яё]{2,}(?:ич|ична|вна|ича|ичу|ичем|ичне|ичну|ичной|вне|вну|вной|вны|ичны)", re.I
)
_FATHERS = (("ичу", "ич"), ("ича", "ич"), ("ичем", "ич"), ("вне", "вна"), ("вну", "вна"), ("вной", "вна"), ("вны", "вна"), ("ичне", "ична"), ("ичну", "ична"), ("ичной", "ична"))  # fmt: skip
_MALE_LAST = (
    ("овым", "ов"), ("евым", "ев"), ("ёвым", "ёв"), ("иным", "ин"), ("ыным", "ын"), ("ову", "ов"), ("еву", "ев"), ("ёву", "ёв"), ("ину", "ин"), ("ыну", "ын"), ("ова", "ов"), ("ева", "ев"), ("ёва", "ёв"), ("ина", "ин"), ("ына", "ын"), ("ому", "ий"), ("ого", "ий"), ("ским", "ский"), ("цким", "цкий"), ("ову", "ов"), ("ову", "ов"),
    ("овке", "ов"), ("евке", "ев"), ("ку", "к"), ("ка", "к"), ("ком", "к"), ("у", ""), ("ом", ""), ("а", ""), ("ю", "ь"), ("е", ""),
)  # fmt: skip
_FEMALE_LAST = (("ской", "ская"), ("цкой", "цкая"), ("скую", "ская"), ("цкую", "цкая"), ("овой", "ова"), ("евой", "ева"), ("ёвой", "ёва"), ("иной", "ина"), ("ыной", "ына"), ("ову", "ова"), ("еву", "ева"), ("ёву", "ёва"), ("ину", "ина"), ("ыну", "ына"))  # fmt: skip


def first_name(word: str) -> tuple[str, bool]:
    """(the first name in the nominative, whether it stood in another case); ('', False) for what is none."""
    low = word.lower()
    plain = low.replace("ё", "е")
    if low in RUSSIAN or plain in RUSSIAN or low in FOREIGN or low in _UKRAINIAN:
        return word, False
    for ending, base in _ENDINGS:
        stem = low.removesuffix(ending)
        if low.endswith(ending) and len(stem) > 1:
            made = stem + base
            if made in RUSSIAN or made.replace("ё", "е") in RUSSIAN or made in _UKRAINIAN:
                return made.capitalize(), True
    return "", False


def is_patronymic(word: str) -> bool:
    """Whether it is one, in any case."""
    return bool(_PATRONYMIC.fullmatch(word)) and len(word) > 5


def nominative(words: list[str]) -> tuple[str, bool]:
    """(the name as it is written on a card, whether its words show that it is a person's)."""
    named = [(index, *first_name(word)) for index, word in enumerate(words)]
    first = next((found for found in named if found[1]), None)
    place = first[0] if first else -1
    father = next((index for index, word in enumerate(words) if index != place and is_patronymic(word)), None)
    if first is None and father is None:
        return _with_initials(words)
    made = list(words)
    oblique, woman = False, False
    if father is not None:
        made[father], changed = _changed(words[father], _FATHERS)
        oblique, woman = changed, made[father].endswith("на")
    if first is not None:
        index, name, turned = first
        if father is not None and not woman and not turned and words[index].lower().endswith("а") and oblique:
            name, turned = words[index][:-1], True  # Александра Петровича
        made[index] = name
        oblique = oblique or turned
        woman = woman if father is not None else name.lower()[-1] in "ая" and name.lower() not in _MEN_IN_A
    known = {index for index in (father, first[0] if first else None) if index is not None}
    if oblique:
        made = [
            word if index in known else _changed(word, _FEMALE_LAST if woman else _MALE_LAST)[0]
            for index, word in enumerate(made)
        ]
    return _ordered(made, first[0] if first else None, father), True


def _with_initials(words: list[str]) -> tuple[str, bool]:
    if not any("." in word for word in words):
        return " ".join(words), False
    last = [_changed(word, (("ову", "ов"), ("еву", "ев"), ("ёву", "ёв"), ("ину", "ин"), ("овой", "ова"), ("евой", "ева"), ("иной", "ина"), ("скому", "ский"), ("ской", "ская")))[0] if "." not in word else word for word in words]  # fmt: skip
    return " ".join(last), True


def _changed(word: str, endings: tuple[tuple[str, str], ...]) -> tuple[str, bool]:
    low = word.lower()
    for ending, base in endings:
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return word[: len(word) - len(ending)] + base, True
    return word, False


def _ordered(words: list[str], first: int | None, father: int | None) -> str:
    """First name, patronymic, last name."""
    if first is None or first == 0 or len(words) < 2:
        return " ".join(words)
    if not re.search(r"[а-яё]", words[0], re.I):
        return " ".join(words)
    taken = [index for index in (first, father) if index is not None]
    rest = [word for index, word in enumerate(words) if index not in taken]
    return " ".join([*(words[index] for index in taken), *rest])
