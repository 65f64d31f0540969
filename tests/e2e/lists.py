"""Lists brought in for the import screens: one not understood yet, one tried with a row that does not go in, one written.

The last has the leads of a fair three years ago, enough to fill a column of the board.
"""

import time
from typing import Any, Protocol

UNCLEAR = {
    "ru": ("список.csv", "Пожелание;Цвет\nпозвонить весной;синий\n"),
    "en": ("list.csv", "Wish;Colour\ncall in spring;blue\n"),
}
HALF = {
    "ru": (
        "тюмень.csv",
        "Компания;Контакт;Телефон;Почта;Город;Согласие\n"
        "ООО «Кедр-Пак»;Ланской Виктор;8 (342) 200-18-40;lanskoy@kedr.example;Тюмень;да\n"
        "ИП Фирсов;Фирсов Глеб;342 200-11-77;firsov@@kedr.example;Тюмень;да\n"
        "АО «Рассвет»;Титова Мария;8 (342) 200-18-41;titova@rassvet.example;Тюмень;нет\n",
    ),
    "en": (
        "leeds.csv",
        "Company;Contact;Phone;E-mail;City;Consent\n"
        "Cedar Pack Ltd;Victor Lansky;+44 20 7946 0940;lansky@cedar.example;Leeds;yes\n"
        "Firth Trading;Glen Firth;20 7946;firth@@cedar.example;Leeds;yes\n"
        "Daybreak plc;Mary Titus;+44 20 7946 0941;titus@daybreak.example;Leeds;no\n",
    ),
}
WHOLE = {
    "ru": ("ярмарка.csv", "Компания;Дата лида;Город\n", "ООО «Ярмарка {n}»;14.05.2023;Казань\n"),
    "en": ("fair.csv", "Company;Lead date;City\n", "Fairground {n} Ltd;14.05.2023;York\n"),
}
MANY = 24
PATIENCE = 60  # seconds for the worker


class Desk(Protocol):
    """What is needed of the API."""

    def get(self, address: str) -> Any:
        """What stands there."""

    def post(self, address: str, **body: object) -> Any:
        """What came of it."""

    def send_file(self, address: str, name: str, content: bytes) -> Any:
        """A file in a form."""


def bring_in(desk: Desk, language: str) -> dict[str, str]:
    """Where the three of them stand."""
    name, header, row = WHOLE[language]
    fair = header + "".join(row.format(n=n) for n in range(1, MANY + 1))
    draft, tried, written = (
        desk.send_file(f"/imports{preset}", name, text.encode())
        for name, text, preset in (
            (*UNCLEAR[language], ""),
            (*HALF[language], ""),
            (name, fair, "?preset=leads"),
        )
    )
    trials = [_until(desk, f"/imports/{batch['id']}/trial", "done") for batch in (tried, written)]
    desk.post(f"/imports/{written['id']}/commit", of=trials[1]["of"])
    _until(desk, f"/imports/{written['id']}", "done")
    places = {"draft": draft, "tried": tried, "written": written}
    return {name: f"/imports/{batch['id']}/" for name, batch in places.items()}


def _until(desk: Desk, address: str, state: str) -> Any:
    for _again in range(PATIENCE * 10):
        seen = desk.get(address)
        if seen["state"] == state:
            return seen
        time.sleep(0.1)
    raise AssertionError(f"{address} is {seen}")
