"""Whether a person asks to get no more mail: from his own words and his subject, never from what he quotes."""

from __future__ import annotations

import re

from konveyer.domain.delivery.rules.bulk import from_robot, is_bulk, listed
from konveyer.domain.delivery.rules.learned import silence
from konveyer.domain.delivery.rules.letter import Asked, Classified
from konveyer.domain.delivery.rules.machine import announced, machine_signs
from konveyer.domain.delivery.rules.own import is_answering
from konveyer.domain.delivery.rules.phrases import phrases, says

# Likelihoods by what is learned: from which it is an opt-out, and from which without doubt.
ENOUGH, SURE = 0.5, 0.7
CERTAIN = 0.9  # from which words of another sense do not speak against it
UNLIKELY = 0.2  # below it what the lists find is doubtful
LONGEST, END = 160, 60  # words of a text that is looked through as a whole; of each end of a longer one
LONG = 60  # words above which a footer may stand in the text
FEW = 30  # words of a text in which a rude word counts
SHORT = 12  # words up to which a bare «stop» is the whole of what is said


def opt_out(asked: Asked) -> Classified | None:
    """The verdict; a refusal that asks for no silence is none."""
    letter = asked.letter
    if re.search(r"(?:unsubscribe|optout|opt-out|otpis)", " ".join(letter.to)) and not asked.answered:
        return Classified("opt_out", reasons=("unsubscribe_address",))
    if "list-unsubscribe=one-click" in letter.text[:200].lower():
        return Classified("opt_out", reasons=("one_click",))
    own_subject = "" if is_answering(letter.subject) else asked.subject
    if own_subject and _bare(own_subject) and not listed(letter):
        return Classified("opt_out", reasons=("subject",))
    if _of_many(asked) or machine_signs(letter) or announced(letter, asked):
        return None
    said = phrases("opt_out_not").without(_ends(asked.said))
    if _bare(said):
        return Classified("opt_out", reasons=("bare_word",))
    if says("opt_out", said) or says("opt_out", f" . {own_subject}"):
        unsure = says("interested", said) and not says("refusal", said)
        unsure = unsure or silence(asked.reply or own_subject) < UNLIKELY
        return Classified("opt_out", doubtful=unsure, reasons=("asked",))
    if len(said.split()) < FEW and says("opt_out_weak", said) and says("anger", said):
        return Classified("opt_out", reasons=("asked_in_anger",))
    return None


def learned_opt_out(asked: Asked) -> Classified | None:
    """The verdict by what examples teach, where the lists found nothing and no machine wrote."""
    if _of_many(asked) or is_bulk(asked.letter, asked) or not asked.said.strip(" ."):
        return None
    likely = silence(asked.reply)
    wants = says("interested", asked.said) and not says("refusal", asked.said)
    if likely < (SURE if wants else ENOUGH) or (likely < CERTAIN and says("opt_out_not", asked.said)):
        return None
    return Classified("opt_out", doubtful=likely < SURE, reasons=("learned",))


def _ends(said: str) -> str:
    """Of a long text its beginning and its end: a wish of that kind stands there, the rest speaks of other things."""
    words = said.split(" ")
    return said if len(words) <= LONGEST else " ".join([*words[:END], " . ", *words[-END:]])


def _of_many(asked: Asked) -> bool:
    """A mass mailing, whose own footer speaks of opting out."""
    if asked.answered:
        return False
    long = len(asked.said.split()) > LONG
    return listed(asked.letter) or from_robot(asked.letter) or (long and says("newsletter", asked.said))


def _bare(said: str) -> bool:
    """«Stop», «remove», «отписаться» with nothing beside it but politeness and numbers."""
    left = phrases("polite").without(said)
    words = [word for word in left.split() if word != "."]
    return (
        0 < len(words) <= SHORT
        and bool(phrases("opt_out_bare").first(" . " + " ".join(words[:4]) + " . "))
        and len(words) <= 4
    )
