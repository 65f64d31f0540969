"""Our own side: sent copies, and whose mailbox it is."""

import pytest

from konveyer.domain.delivery.rules.classify import classify
from konveyer.domain.delivery.rules.letter import Known
from konveyer.domain.delivery.rules.own import inferred
from tests.unit.delivery.letters import KNOWN, OWN, judged, letter

COPY = {"sender": f"Анна Белова <{OWN}>", "To": "ivan@zavod.example", "In_Reply_To": ""}


def test_the_owner_is_the_address_that_most_letters_were_sent_to() -> None:
    batch = [letter("Привет", sender=f"p{number}@x{number}.example", In_Reply_To="") for number in range(6)]
    known = inferred(batch)
    assert known.ours(OWN)
    assert not known.ours("p1@x1.example")
    assert not inferred(batch[:1]).addresses
    free = [
        letter("Привет", sender=f"p{number}@x.example", To=f"u{number}@gmail.com", In_Reply_To="")
        for number in range(6)
    ]
    assert not inferred(free).ours("u1@gmail.com")


def test_a_message_id_of_ours_tells_the_domain_even_of_one_letter() -> None:
    assert inferred([letter("Да")]).ours("pavel.orlov@sever-consult.example")


@pytest.mark.shows("S12")
def test_sent_copies_come_before_every_other_question() -> None:
    texts = (
        "Я в отпуске до 7 июля.",
        "Письмо вернулось: 550 5.1.1 user unknown",
        "Не хотите писем — ответьте «удалите меня».",
    )
    for text in texts:
        assert judged(text, **COPY).verdict == "sent_copy"


@pytest.mark.parametrize(
    "sign",
    [
        {"Message_ID": "<5.konveyer@sever-consult.example>"},
        {"X_Konveyer_Step": "3"},
        {"X_Gmail_Labels": "Sent,Important"},
    ],
)
def test_signs_of_a_copy_on_a_single_letter(sign: dict[str, str]) -> None:
    found = classify(letter("Добрый день!", sender="p@other.example", In_Reply_To="", **sign), Known())
    assert found.verdict == "sent_copy"


def test_a_report_with_our_own_sender_is_no_copy() -> None:
    found = judged(
        "<a@x.example>: 550 5.1.1 User unknown",
        sender=OWN,
        Return_Path="<>",
        subject="Undelivered Mail Returned to Sender",
        In_Reply_To="",
    )
    assert found.verdict == "bounce"


@pytest.mark.shows("S11")
def test_the_verdict_says_by_which_rules_it_came() -> None:
    found = classify(letter("стоп"), KNOWN)
    assert (found.verdict, found.reasons, found.version) == ("opt_out", ("bare_word",), 1)
