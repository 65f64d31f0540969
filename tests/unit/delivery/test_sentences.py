"""Whole answers in several languages, as people write them, and what each is."""

import tomllib
from pathlib import Path

import pytest

from tests.unit.delivery.letters import judged

SENTENCES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text("utf-8"))
MACHINES = ("absence", "left_company", "auto_reply")
OURS = (
    "\n\nВт, 28 апр. 2026 г. в 09:00, Анна Белова <anna.belova@sever-consult.example>:\n> Иван, добрый день!\n> Сколько стоит простой?"
    "\n> Если письма не нужны, ответьте «стоп», и мы удалим вас из рассылки.\n"
)


@pytest.mark.shows("S12")
@pytest.mark.parametrize(("verdict", "text"), [(verdict, text) for verdict, texts in SENTENCES.items() for text in texts if verdict not in (*MACHINES, "no_opt_out")])  # fmt: skip
def test_answers_over_our_quoted_letter(verdict: str, text: str) -> None:
    found = judged(text + OURS)
    assert (found.verdict, found.reply_text) == (verdict, text)


@pytest.mark.parametrize("text", SENTENCES["no_opt_out"])
def test_words_of_an_opt_out_that_mean_something_else(text: str) -> None:
    assert judged(text + OURS).verdict != "opt_out"


@pytest.mark.shows("S14")
@pytest.mark.parametrize("text", SENTENCES["absence"])
def test_absences_with_and_without_the_mark_of_a_machine(text: str) -> None:
    assert judged(text, Auto_Submitted="auto-replied").verdict == "absence"
    assert judged(text).verdict == "absence"


@pytest.mark.shows("S12")
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Сейчас неактуально, и удалите нас из базы.", "opt_out"),
        ("Не интересно, но напишите Анне Петровой: petrova@firma.example", "referral"),
        ("Да, нам это нужно, но звоните в мае.", "later"),
        ("Интересно, мой коллега Пётр Серов возьмётся: serov@zavod.example", "referral"),
        ("В отпуске был, только увидел. Пришлите цены.", "interested"),
        ("Забавно: у вас написано «ответьте стоп». Не стоп, а вперёд, шлите расчёт!", "interested"),
        ("Don't stop, best letter of the year!", "human"),
        ("У нас блюда в стоп-листе каждый вечер.", "human"),
        ("Пока не надо присылать предложение, у нас свой поставщик.", "refusal"),
    ],
)
def test_two_things_in_one_answer(text: str, verdict: str) -> None:
    assert judged(text + OURS).verdict == verdict


def test_an_opt_out_is_asked_of_what_was_written_never_of_what_is_quoted() -> None:
    assert judged("Спасибо, ознакомимся." + OURS).verdict == "human"
    assert judged("", subject="Unsubscribe", In_Reply_To="").verdict == "opt_out"
    assert judged("", subject="Отписаться", In_Reply_To="").verdict == "opt_out"
    newsletter = "Новости недели. Вы получили письмо, потому что подписаны. Отписаться"
    assert (
        judged(
            newsletter, subject="Новости", In_Reply_To="", List_Unsubscribe="<https://n.example/u>"
        ).verdict
        == "unrelated"
    )


@pytest.mark.parametrize(
    ("verdict", "text"), [(verdict, text) for verdict in MACHINES for text in SENTENCES[verdict]]
)
def test_answers_that_bear_the_mark_of_a_machine(verdict: str, text: str) -> None:
    assert judged(text, Auto_Submitted="auto-replied").verdict == verdict


@pytest.mark.shows("S12")
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Ваше обращение № 4711 зарегистрировано, ответим в течение двух дней.", "auto_reply"),
        ("Your request has been received. Ticket number 12.", "auto_reply"),
        ("Адрес изменился, пишите на new@zavod.example.", "auto_reply"),
        ("Я больше не работаю в компании. Мой преемник: Пётр Серов, serov@zavod.example", "left_company"),
        ("Maria Lopez has left the company. Please write to Tom Reed, tom@corp.example.", "left_company"),
        ("Herr Brandt ist nicht mehr für unser Unternehmen tätig.", "left_company"),
        ("Спасибо за письмо. Нахожусь в отпуске до 12 мая.", "absence"),
    ],
)
def test_automatic_answers(text: str, verdict: str) -> None:
    assert judged(text, Auto_Submitted="auto-replied").verdict == verdict


@pytest.mark.parametrize(
    ("text", "subject", "sender"),
    [
        (
            "You have an event in 15 minutes: pipeline review.",
            "Reminder",
            "Calendar <calendar@planner.example>",
        ),
        ("Кассовый чек. Поездка 412 руб.", "Чек за поездку", "Касса <check@taxi.example>"),
        ("Dear Beneficiary, 4 million dollars wait for you.", "Fund", "Dr. Bright <bright@grant.example>"),
        ("Ирина хочет добавить вас в контакты.", "Новый контакт", "Сеть <notify@net.example>"),
    ],
)
def test_what_has_nothing_to_do_with_us(text: str, subject: str, sender: str) -> None:
    assert judged(text, subject=subject, sender=sender, In_Reply_To="").verdict == "unrelated"
