"""Days that are named: the end of an absence, the day to come back."""

from datetime import UTC, date, datetime

import pytest

from konveyer.domain.delivery.rules.dates import back_on, put_off_to

WRITTEN = datetime(2026, 4, 28, 10, tzinfo=UTC)  # a Tuesday


@pytest.mark.shows("S14")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("В отпуске до 12 августа включительно", date(2026, 8, 12)),
        ("Нахожусь в отпуске с 1 по 14 июля", date(2026, 7, 14)),
        ("Отсутствую с 01.07 по 14.07.2026, вернусь 15.07", date(2026, 7, 14)),
        ("Период: 25.05.2026 — 29.05.2026", date(2026, 5, 29)),
        ("Вернусь 5-го мая", date(2026, 5, 5)),
        ("Буду в офисе в понедельник", date(2026, 5, 4)),
        ("Офис не работает с 31 декабря по 11 января", date(2027, 1, 11)),
        ("I am out of the office until 5 May", date(2026, 5, 5)),
        ("away through July 10, back on Monday 13 July", date(2026, 7, 10)),
        ("On leave from 20 June and return Tuesday 8 July", date(2026, 7, 8)),
        ("OOO 24 Dec – 2 Jan", date(2027, 1, 2)),
        ("until 05/14 with limited access", date(2026, 5, 14)),
        ("back November 16th, 2026", date(2026, 11, 16)),
        ("Ich bin bis einschließlich 31. Juli nicht im Büro", date(2026, 7, 31)),
        ("Wir sind ab dem 7. Mai wieder für Sie da", date(2026, 5, 7)),
        ("Je suis absent jusqu'au 12 mai", date(2026, 5, 12)),
        ("out until 2026-05-20", date(2026, 5, 20)),
        ("На больничном, когда выйду, неизвестно", None),
        ("Сейчас у меня отпуск по уходу за ребёнком", None),
        ("Письмо от 20 апреля получено", None),
        ("31 февраля", None),
    ],
)
def test_the_end_of_an_absence(text: str, day: date | None) -> None:
    assert back_on(text, WRITTEN) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Напишите после 20 августа", date(2026, 8, 20)),
        ("Перезвоните недели через две", date(2026, 5, 12)),
        ("через месяц", date(2026, 5, 28)),
        ("через полгода", date(2026, 10, 28)),
        ("Вернёмся к вопросу в сентябре", date(2026, 9, 1)),
        ("звоните в марте", date(2027, 3, 1)),
        ("на следующей неделе", date(2026, 5, 4)),
        ("в третьем квартале", date(2026, 7, 1)),
        ("Ask me again in Q3", date(2026, 7, 1)),
        ("in two weeks", date(2026, 5, 12)),
        ("next month", date(2026, 5, 1)),
        ("try me on Tuesday 19 May", date(2026, 5, 19)),
        ("завтра", date(2026, 4, 29)),
        ("ближе к весне", None),
        ("after the holidays", None),
        ("в среднем раз в год, без сентиментов", None),
    ],
)
def test_the_day_to_come_back(text: str, day: date | None) -> None:
    assert put_off_to(text, WRITTEN) == day


def test_without_the_date_of_the_letter_no_day_is_told() -> None:
    assert back_on("до 12 августа", None) is None
    assert put_off_to("в мае", None) is None
