"""What the sheet counts, how a cell is read, and how a heading of a file is known."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MEASURES = ("cold_calls", "talks", "warm", "warm_calls", "proposals", "meetings", "sales", "received")
MONEY = "received"
FRAMED = "cold_calls"  # its norm is a frame of the member or his roles (R28), said there once
NORMED = tuple(name for name in MEASURES if name not in (MONEY, FRAMED))
LARGEST = Decimal(100_000)  # of one member on one day; more is a slip of the finger
LARGEST_SUM = Decimal("999999999.99")

TITLES = {
    "cold_calls": _("Cold calls"),
    "talks": _("Talks"),
    "warm": pgettext_lazy("sheet", "Warm"),
    "warm_calls": _("Warm calls"),
    "proposals": _("Proposals"),
    "meetings": _("Meetings"),
    "sales": _("Sales"),
    "received": _("Received"),
}
# A file may come from a reader of the other language, or from a spreadsheet kept by hand for years.
HEADINGS = {
    "member": ("member", "who", "seller", "name", "сотрудник", "кто", "продавец", "менеджер", "имя"),
    "day": ("day", "date", "день", "дата"),
    "cold_calls": ("cold_calls", "cold calls", "calls", "холодные звонки", "холодных звонков", "звонки"),
    "talks": ("talks", "разговоры", "разговоров"),
    "warm": ("warm", "warm clients", "тёплые", "тёплых", "тёплые клиенты"),
    "warm_calls": ("warm_calls", "warm calls", "тёплые звонки", "звонки тёплым", "тёплых звонков"),
    "proposals": ("proposals", "предложения", "предложений", "кп"),
    "meetings": ("meetings", "встречи", "встреч"),
    "sales": ("sales", "deals", "продажи", "продаж", "сделки"),
    "received": ("received", "money", "получено", "деньги", "оплачено"),
}
_BY_HEADING = {word.replace("ё", "е"): code for code, words in HEADINGS.items() for word in words}
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]+")
_MARKS = re.compile(r"(?:₽|руб\.?|р\.)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


class NoFigure(ValueError):
    """A cell is no figure of its measure; `code`: no_number, negative, not_whole, too_large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def measure_of(heading: str) -> str | None:
    """The measure, "member" or "day" that a heading names, in Russian or English; None: none of ours."""
    return _BY_HEADING.get(" ".join(heading.casefold().split()).replace("ё", "е").strip(" :."))


def read_figure(text: str, measure: str) -> Decimal | None:
    """A cell as people write it, «1 234,50 ₽» too; None of an empty one. Raises NoFigure."""
    plain = _MARKS.sub("", _SPACES.sub("", text))
    if not plain or plain in ("-", "–", "—"):
        return None
    if plain[0] in "-−" and _NUMBER.fullmatch(plain[1:]):
        raise NoFigure("negative")
    if _THOUSANDS.fullmatch(plain) and (measure != MONEY or plain.count(",") > 1 or "." in plain):
        plain = plain.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        raise NoFigure("no_number")
    try:
        figure = Decimal(plain.replace(",", "."))
    except InvalidOperation as error:
        raise NoFigure("no_number") from error
    if figure > (LARGEST_SUM if measure == MONEY else LARGEST):
        raise NoFigure("too_large")
    if figure != round(figure, 2 if measure == MONEY else 0):
        raise NoFigure("not_whole")
    return round(figure, 2) if measure == MONEY else round(figure, 0)


WHY = {
    "no_number": _("This is no number."),
    "negative": _("There is nothing less than zero to count."),
    "not_whole": _("Only whole numbers are counted here; money has two places."),
    "too_large": _("This is more than anybody does in a day. Is it a slip of the finger?"),
    "under_events": _("Less than what the program itself counted on that day."),
    "no_day": _("There is no day here that could be read."),
    "future": _("This day has not come yet."),
    "no_member": _("Nobody of this name is known here, or he is not in your view."),
    "two_members": _("Several people have this name."),
    "twice": _("This person and day stand in the file already."),
    "damaged": _("This line of the file is damaged."),
}
