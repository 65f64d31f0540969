"""Automatic answers: absence, somebody who left, and all the others."""

from __future__ import annotations

import re
from datetime import date

from konveyer.domain.delivery.rules.bulk import is_bulk, listed
from konveyer.domain.delivery.rules.dates import back_on
from konveyer.domain.delivery.rules.learned import meaning
from konveyer.domain.delivery.rules.letter import ORIGINAL, Asked, Classified
from konveyer.domain.delivery.rules.machine import announced, machine_signs
from konveyer.domain.delivery.rules.naming import named_in
from konveyer.domain.delivery.rules.own import is_answering
from konveyer.domain.delivery.rules.phrases import says

NOTICE_WORDS = 110  # a notice without marks is short; a longer text that speaks of holidays is a person's
KINDS = ("absence", "left_company", "auto_reply")
NOTICE, NOTICE_ANSWERING = (
    0.4,
    0.5,
)  # likelihoods by what is learned; the second under «Re:», as people answer
WEAK = frozenset({"suppresses_answers", "empty_return_path"})


def automatic(asked: Asked) -> Classified | None:
    """The verdict, if a machine answered; also where only its words betray it."""
    letter = asked.letter
    signs = machine_signs(letter)
    if "disposition" in signs or says("receipt", asked.said):
        return Classified("auto_reply", reasons=("disposition",))
    words = _whole(asked)
    said = bool(announced(letter, asked))
    if not signs and not said:
        return _unmarked(asked, words)
    sure = said or bool(set(signs) - WEAK)
    until = back_on(_raw(asked), letter.date)
    kind = _kind(words, until)
    if kind == "" and (_notifies(asked, signs) or not sure):
        return None
    reasons = (*signs, *(["announced"] if said else []), kind or "no_words")
    return _verdict(kind or _likely(asked)[0], asked, until, reasons, doubtful=not kind)


def _raw(asked: Asked) -> str:
    """The words with the subject where it is the machine's own."""
    own = (
        ""
        if is_answering(asked.letter.subject) and not says("absence", asked.subject)
        else asked.letter.subject
    )
    return f"{own}\n\n{asked.reply}"


def _whole(asked: Asked) -> str:
    return f"{asked.subject}{asked.said}"


def _kind(words: str, until: date | None) -> str:
    if says("left", words) or says("left_sure", words):
        return "left_company"
    if says("acknowledged_sure", words) and not says("absence_sure", words):
        return "auto_reply"
    if says("absence", words):
        return "absence"
    if says("acknowledged", words):
        return "auto_reply"
    if until and says("absence_weak", words):
        return "absence"
    return "auto_reply" if says("address_changed", words) else ""


def _verdict(
    kind: str, asked: Asked, until: date | None, reasons: tuple[str, ...], doubtful: bool = False
) -> Classified:
    return Classified(
        kind, doubtful=doubtful, until=until if kind == "absence" else None,
        named=named_in(asked) if kind != "auto_reply" or says("address_changed", asked.said) else (), reasons=reasons,
    )  # fmt: skip


def _notifies(asked: Asked, signs: list[str]) -> bool:
    """A service that tells of something, and answers nothing."""
    letter = asked.letter
    replied = letter.get("auto-submitted").lower().startswith("auto-replied") or is_answering(letter.subject)
    return (
        not replied
        and not asked.answered
        and (listed(letter) or is_bulk(letter, asked) or "auto_submitted" in signs)
    )


def _unmarked(asked: Asked, words: str) -> Classified | None:
    """No header tells: the words must be those of a notice, and nothing in them a person's own."""
    letter = asked.letter
    length = len(asked.said.split())
    if length > NOTICE_WORDS or (listed(letter) and not asked.answered):
        return None
    own_subject = not is_answering(letter.subject)
    personal = says("personal", asked.said) or bool(re.search(r"\?\s*(?:$|\s)", asked.reply))
    if says("left_sure", words) and not personal and (own_subject or not says("greeting", asked.said)):
        return _verdict("left_company", asked, None, ("words_of_leaving",), doubtful=True)
    absent = says("absence_sure", asked.said) or (own_subject and says("absence", asked.subject))
    absent = absent or (own_subject and says("absence", asked.said) and says("absence_formal", asked.said))
    if absent and (not personal or (own_subject and says("absence_formal", asked.said))):
        until = back_on(_raw(asked), letter.date)
        formal = says("absence_formal", words) or own_subject
        if formal or not says("past", asked.said):
            return _verdict("absence", asked, until, ("words_of_absence",), doubtful=not formal)
    named = asked.answered and named_in(asked)
    received = says("acknowledged_sure" if asked.answered else "acknowledged", words)
    if received and not personal and not named and not is_bulk(letter, asked):
        return _verdict("auto_reply", asked, None, ("words_of_receipt",), doubtful=True)
    return _learned(asked, NOTICE if own_subject else NOTICE_ANSWERING)


def _learned(asked: Asked, enough: float) -> Classified | None:
    """By what examples teach. A notice quotes nothing; that something was received is said by every shop, and counts only
    in an answer."""
    if "\n>" in asked.letter.text or ORIGINAL in asked.letter.text:
        return None
    kind, share = _likely(asked)
    if share < enough or is_bulk(asked.letter, asked) or (kind == "auto_reply" and not asked.answered):
        return None
    return _verdict(kind, asked, back_on(_raw(asked), asked.letter.date), ("learned",), doubtful=True)


def _likely(asked: Asked) -> tuple[str, float]:
    """The likeliest kind, and how likely it is one of them at all: not, where a person's intent is likelier."""
    if not asked.said.strip(" ."):
        return "auto_reply", 0.0
    likely = meaning(asked.reply)
    kind = max(KINDS, key=lambda kind: likely[kind])
    return kind, sum(likely[kind] for kind in KINDS) if likely[kind] == max(likely.values()) else 0.0
