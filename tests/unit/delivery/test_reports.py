"""Delivery reports: blocks of RFC 3464, the notices of servers that keep to no form, and complaints."""

import pytest

from konveyer.domain.delivery.rules.letter import Recipient
from tests.unit.delivery.letters import OWN, dsn, judged, report

TWO = """Final-Recipient: rfc822; gone@a.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

Final-Recipient: rfc822; slow@b.example
Action: failed
Status: 4.4.1
Diagnostic-Code: smtp; connect to b.example: Connection timed out
"""


@pytest.mark.shows("S13")
def test_blocks_are_read_for_each_recipient_and_never_mixed() -> None:
    found = dsn(TWO)
    assert found.verdict == "bounce"
    assert found.recipients == (
        Recipient("gone@a.example", "5.1.1", "hard", "unknown_user"),
        Recipient("slow@b.example", "4.4.1", "soft", "timeout"),
    )


@pytest.mark.shows("S13")
@pytest.mark.parametrize(
    ("block", "recipient"),
    [
        ("Final-Recipient: rfc822;a@x.example\nAction: delayed\nStatus: 4.4.7", Recipient("a@x.example", "4.4.7", "soft", "delayed")),
        ("Final-Recipient: LOCAL;<it>\nOriginal-Recipient: rfc822;it@x.example\nAction: failed\nStatus: 5.2.2", Recipient("it@x.example", "5.2.2", "hard", "mailbox_full")),
        ("Final-Recipient: rfc822;a@x.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 no such user", Recipient("a@x.example", "5.1.1", "hard", "unknown_user")),
        ("Final-Recipient: rfc822;a@x.example\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 spam", Recipient("a@x.example", "5.7.1", "hard", "policy")),
        ("Final-Recipient: rfc822;a@x.example\nAction: failed\nDiagnostic-Code: smtp; 554 no", Recipient("a@x.example", "", "unknown", "other")),
        ("final-recipient: RFC822; A@X.example\naction: FAILED\nstatus: 5.4.4 (host not found)", Recipient("a@x.example", "5.4.4", "hard", "unknown_domain")),
    ],
)  # fmt: skip
def test_one_block(block: str, recipient: Recipient) -> None:
    assert dsn(block).recipients == (recipient,)


def test_of_several_actions_only_what_did_not_arrive_is_listed() -> None:
    blocks = "Final-Recipient: rfc822;a@x.example\nAction: relayed\nStatus: 2.0.0\n\n" + TWO
    assert [one.address for one in dsn(blocks).recipients] == ["gone@a.example", "slow@b.example"]
    arrived = dsn(
        "Final-Recipient: rfc822;a@x.example\nAction: delivered\nStatus: 2.0.0",
        "Your message was successfully delivered.",
        subject="Success",
    )
    assert arrived.verdict != "bounce"


@pytest.mark.shows("S13")
@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Hi. This is the qmail-send program at mx.\n\n<ivan@x.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nFrom: me", Recipient("ivan@x.example", "5.1.1", "hard", "unknown_user")),
        ("A message that you sent could not be delivered. The following address failed:\n\n  ivan@x.example\n    Unrouteable address\n", Recipient("ivan@x.example", "", "hard", "unknown_domain")),
        ("Письмо не доставлено.\n\nivan@x.example: ящик переполнен\n", Recipient("ivan@x.example", "", "soft", "mailbox_full")),
        ("Сообщение не было доставлено получателю ivan@x.example: такого пользователя нет.\n", Recipient("ivan@x.example", "", "hard", "unknown_user")),
        ("Ihre Nachricht an ivan@x.example konnte nicht zugestellt werden. Empfänger unbekannt.", Recipient("ivan@x.example", "", "hard", "unknown_user")),
        ("Votre message à ivan@x.example n'a pas pu être remis. Destinataire inconnu.", Recipient("ivan@x.example", "", "hard", "unknown_user")),
        ("次のメールは配信できません。\nivan@x.example\n550 5.1.1 User unknown", Recipient("ivan@x.example", "5.1.1", "hard", "unknown_user")),
        ("Delivery to ivan@x.example is delayed. The message will be retried, no action is required.", Recipient("ivan@x.example", "", "soft", "delayed")),
        ("Could not be delivered to ivan@x.example: message size exceeds the limit", Recipient("ivan@x.example", "", "unknown", "too_large")),
    ],
)  # fmt: skip
def test_notices_without_a_form(text: str, recipient: Recipient) -> None:
    found = report(text)
    assert (found.verdict, found.recipients) == ("bounce", (recipient,))


def test_addresses_to_ask_for_help_are_nobody_who_failed() -> None:
    text = "Письмо для ivan@x.example не доставлено: такого пользователя нет.\nПишите администратору на help@x.example.\nPlease contact admin@x.example"
    assert report(text).recipients == (Recipient("ivan@x.example", "", "hard", "unknown_user"),)


def test_a_report_may_carry_the_mark_of_an_automatic_answer() -> None:
    assert report("<a@x.example>: 550 5.1.1 User unknown", Auto_Submitted="auto-replied").verdict == "bounce"
    assert (
        report(
            "Я в отпуске до 5 мая.",
            sender="ivan@x.example",
            subject="Автоответ",
            Auto_Submitted="auto-replied",
        ).verdict
        == "absence"
    )


@pytest.mark.shows("S13")
@pytest.mark.parametrize(
    "text",
    [
        "Анна, ваше письмо вернулось: «550 5.1.1 user unknown, ivan@x.example». Адрес точно верный?",
        "Ваша посылка не доставлена, курьер уехал. Закажите повторно.",
        "Нет, 421 — временный отказ, сервер повторит сам. Status: 4.7.1 тоже он.",
    ],
)
def test_a_person_who_speaks_of_a_report_sends_none(text: str) -> None:
    assert judged(text).verdict not in ("bounce", "complaint")
    assert judged(text, In_Reply_To="", subject="Ваше письмо вернулось").verdict not in (
        "bounce",
        "complaint",
    )


def test_the_words_of_the_returned_letter_are_not_those_of_the_report() -> None:
    returned = "<a@x.example>: 550 5.1.1 User unknown\n\n--- Original message ---\nI am on holiday until May. Unsubscribe."
    assert report(returned).verdict == "bounce"


def feedback(kind: str) -> str:
    return (
        "--f\nContent-Type: text/plain\n\nThis is an abuse report.\n--f\nContent-Type: message/feedback-report\n\n"
        f"Feedback-Type: {kind}\nUser-Agent: Loop/1\nVersion: 1\nOriginal-Rcpt-To: ann@x.example\n--f\nContent-Type: message/rfc822\n\n"
        f"From: {OWN}\nTo: ann@x.example\nSubject: Offer\n\nText\n--f--\n"
    )


@pytest.mark.shows("S13")
def test_feedback_reports_are_complaints_and_failed_signatures_are_none() -> None:
    form = 'multipart/report; report-type=feedback-report; boundary="f"'
    told = {"sender": "fbl@loop.example", "subject": "FW: Offer", "In_Reply_To": "", "Content_Type": form}
    found = judged(feedback("abuse"), **told)
    assert (found.verdict, found.recipients) == (
        "complaint",
        (Recipient("ann@x.example", "", "unknown", "complaint"),),
    )
    assert judged(feedback("auth-failure"), **told).verdict != "complaint"
