"""Names, texts and the cast of the made-up firm, per language."""

import tomllib
from functools import cache
from importlib.resources import files
from random import Random
from types import SimpleNamespace
from typing import Any

_LETTERS = dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziyklmnoprstufhye", strict=True)) | {
    "ё": "e", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
}  # fmt: skip


@cache
def words(language: str) -> Any:
    """The word list of a language as a namespace."""
    text = (files("konveyer.domain.demo") / "words" / f"{language}.toml").read_text(encoding="utf-8")
    return SimpleNamespace(**tomllib.loads(text))


def person(draw: Random, language: str) -> tuple[str, str, str]:
    """(last name, first name, patronymic) of somebody."""
    w = words(language)
    last = draw.choice(w.last_names)
    if draw.random() < 0.62:
        return last, draw.choice(w.first_names_m), draw.choice(w.patronymics_m)
    if language == "ru":
        last = last[:-2] + "ая" if last.endswith("ой") else last if last.endswith("ий") else last + "а"
    return last, draw.choice(w.first_names_f), draw.choice(w.patronymics_f)


def company(draw: Random, language: str, number: int) -> tuple[str, str]:
    """(name, Latin domain) of a company; the number keeps domains apart."""
    w = words(language)
    head, tail = draw.choice(w.heads), draw.choice(w.tails)
    name = f"{head}-{tail}" if language == "ru" else f"{head} {tail}"
    return name, f"firm{number}.example"


def phone(draw: Random, language: str) -> str:
    """A number in E.164 from ranges that look right and ring nowhere."""
    if language == "ru":
        return (
            f"+7342200{draw.randrange(10_000):04d}"
            if draw.random() < 0.4
            else f"+7900{draw.randrange(10**7):07d}"
        )
    return (
        f"+44113496{draw.randrange(10_000):04d}"
        if draw.random() < 0.4
        else f"+447700900{draw.randrange(1000):03d}"
    )


def tax_number(number: int) -> str:
    """A Russian company's tax number (INN) with a right check digit, from a running number."""
    digits = [int(digit) for digit in f"59{number % 10**7:07d}"]
    check = (
        sum(weight * digit for weight, digit in zip((2, 4, 10, 3, 5, 9, 4, 6, 8), digits, strict=True))
        % 11
        % 10
    )
    return "".join(map(str, digits)) + str(check)


def latin(text: str) -> str:
    """A Russian name as somebody types it in the other alphabet; one in that alphabet already, in capitals."""
    found = "".join(_LETTERS.get(sign, _LETTERS.get(sign.lower(), sign).capitalize()) for sign in text)
    return found if found != text else text.upper()
