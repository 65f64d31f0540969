"""Words for months, days and spans of time, as stems: Russian, English, German, some French and Spanish."""

from __future__ import annotations

from collections.abc import Iterable

MONTHS = {
    "январ": 1, "янв": 1, "феврал": 2, "фев": 2, "март": 3, "апрел": 4, "апр": 4, "мая": 5, "мае": 5, "май": 5, "маю": 5, "июн": 6,
    "июл": 7, "август": 8, "авг": 8, "сентябр": 9, "сент": 9, "сен": 9, "октябр": 10, "окт": 10, "ноябр": 11, "ноя": 11, "декабр": 12, "дек": 12,
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7,
    "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
    "januar": 1, "jänner": 1, "februar": 2, "märz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10, "okt": 10, "dezember": 12, "dez": 12,
    "janvier": 1, "février": 2, "mars": 3, "avril": 4, "juin": 6, "juillet": 7, "août": 8, "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12,
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "septiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
    "gennaio": 1, "febbraio": 2, "aprile": 4, "maggio": 5, "giugno": 6, "luglio": 7, "settembre": 9, "ottobre": 10, "dicembre": 12,
}  # fmt: skip
WEEKDAYS = {
    "понедельник": 0, "вторник": 1, "среда": 2, "среду": 2, "среды": 2, "среде": 2, "четверг": 3, "пятниц": 4, "суббот": 5, "воскресень": 6, "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3,
    "friday": 4, "saturday": 5, "sunday": 6, "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonntag": 6,
    "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4,
}  # fmt: skip
NUMBERS = {
    "один": 1, "одну": 1, "пару": 2, "две": 2, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10, "a": 1, "an": 1, "one": 1, "a couple of": 2, "couple of": 2, "couple": 2,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "a few": 3, "полтора": 1, "einer": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "sechs": 6, "несколько": 3, "deux": 2, "trois": 3, "un": 1, "une": 1,
}  # fmt: skip
DAY_WORDS = {"": 1}
UNITS = {
    "полгода": "half_year", "полгод": "half_year", "half a year": "half_year", "half year": "half_year", "дн": "day", "ден": "day", "day": "day", "tag": "day", "jour": "day", "недел": "week", "week": "week", "woche": "week", "semaine": "week",
    "месяц": "month", "month": "month", "monat": "month", "mois": "month", "год": "year", "year": "year", "jahr": "year",
}  # fmt: skip
QUARTERS = {
    "первом": 1, "втором": 2, "третьем": 3, "четвертом": 4, "четвёртом": 4, "первый": 1, "второй": 2, "третий": 3, "четвертый": 4, "первого": 1, "второго": 2, "третьего": 3, "четвертого": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
    "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip


def one_of(words: Iterable[str]) -> str:
    """The words as an expression, the longest first."""
    return "|".join(sorted(map(str, words), key=len, reverse=True))
