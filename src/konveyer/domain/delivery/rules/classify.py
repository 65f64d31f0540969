"""What a letter is. The questions are asked in one order, and the first that says yes decides.

    classify(letter, known) -> Classified

Our own sent copy, a delivery report, a complaint, an opt-out, an automatic answer, a human one; else it has nothing to
do with us. Pure: the same letter and the same knowledge give the same verdict, and `VERSION` says by which rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from konveyer.domain.delivery.rules.automatic import automatic
from konveyer.domain.delivery.rules.complaints import complaint
from konveyer.domain.delivery.rules.human import human
from konveyer.domain.delivery.rules.letter import Asked, Classified, Known, Letter
from konveyer.domain.delivery.rules.opt_out import learned_opt_out, opt_out
from konveyer.domain.delivery.rules.own import answers_ours, bare_subject, sent_copy
from konveyer.domain.delivery.rules.phrases import plain
from konveyer.domain.delivery.rules.quotation import own_words
from konveyer.domain.delivery.rules.reports import delivery_report
from konveyer.domain.delivery.rules.signature import without_signature

QUESTIONS: tuple[Callable[[Asked], Classified | None], ...] = (
    sent_copy,
    delivery_report,
    complaint,
    opt_out,
    automatic,
    learned_opt_out,
    human,
)
WITH_WORDS = frozenset({"opt_out", "absence", "left_company", "auto_reply", "referral", "interested", "later", "refusal", "human"})  # fmt: skip


def classify(letter: Letter, known: Known) -> Classified:
    """The verdict on one letter."""
    asked = prepared(letter, known)
    for question in QUESTIONS:
        found = question(asked)
        if found is not None:
            words = asked.reply if found.verdict in WITH_WORDS else ""
            return replace(found, reply_text=words)
    return Classified("unrelated", reasons=("nothing_spoke",))


def prepared(letter: Letter, known: Known) -> Asked:
    """The letter with its own words apart from what it quotes."""
    written, quoted = own_words(letter.text)
    reply = without_signature(written, letter.sender_name)
    return Asked(
        letter=letter, known=known, reply=reply, said=plain(reply), subject=plain(bare_subject(letter.subject)),
        answered=answers_ours(letter, known, bool(quoted.strip())),
    )  # fmt: skip
