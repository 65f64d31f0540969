"""What a person answers: sends us on, wants more, puts it off, says no, or something else.

The word lists speak first; where they say nothing, or what is learned from examples disagrees with them by far, that decides.
"""

from __future__ import annotations

from dataclasses import replace

from konveyer.domain.delivery.rules.bulk import answers_known, is_bulk
from konveyer.domain.delivery.rules.dates import put_off_to
from konveyer.domain.delivery.rules.learned import meaning, silence
from konveyer.domain.delivery.rules.letter import Asked, Classified
from konveyer.domain.delivery.rules.naming import named_in
from konveyer.domain.delivery.rules.own import is_answering
from konveyer.domain.delivery.rules.phrases import phrases, says

SHORT = 40  # words of an answer in which a bare address is all that is said
INTENTS = ("referral", "interested", "later", "refusal", "human")
AGAINST = 0.85  # likelihood from which what is learned overrules the lists
MAYBE = 0.25  # likelihood from which it may be an opt-out after all
SURE = 0.6  # below it what is learned is doubtful
SOON = 10  # days within which a day named with interest is an appointment and puts nothing off


def human(asked: Asked) -> Classified | None:
    """The verdict, if a person wrote it to us."""
    letter = asked.letter
    if is_bulk(letter, asked) and not answers_known(letter):
        return None
    if not letter.sender and not asked.said.strip(" ."):
        return None
    said = asked.said
    if not said.strip(" .") and not is_answering(letter.subject):
        said = asked.subject
    found = _weighed(_referral(asked, said) or _intent(asked, said), asked)
    asks_for_silence = silence(asked.reply) >= MAYBE
    if asks_for_silence and found.verdict == "refusal" and not says("opt_out_not", asked.said):
        # A no that may also ask for silence: to overlook that is worse than to ask a person.
        return replace(found, verdict="opt_out", doubtful=True)
    return replace(found, doubtful=found.doubtful or asks_for_silence)


def _weighed(ruled: Classified, asked: Asked) -> Classified:
    """What the lists say, or what is learned where that is better."""
    text = asked.reply
    if not asked.said.strip(" ."):
        text = "" if is_answering(asked.letter.subject) else asked.letter.subject
    if not text or ruled.named:
        return ruled
    likely = {intent: share for intent, share in meaning(text).items() if intent in INTENTS}
    best = max(likely, key=lambda intent: likely[intent])
    share = likely[best] / sum(likely.values())
    if best == ruled.verdict:
        return ruled
    if ruled.verdict != "human" and share < AGAINST:
        return ruled if ruled.doubtful else replace(ruled, doubtful=share > SURE)
    until = put_off_to(text, asked.letter.date) if best == "later" else None
    named = named_in(asked) if best == "referral" else ()
    return Classified(best, doubtful=share < SURE or ruled.verdict != "human", until=until, named=named, reasons=(*ruled.reasons, "learned"))  # fmt: skip


def _referral(asked: Asked, said: str) -> Classified | None:
    found = named_in(asked)
    reachable = any(one.email or one.phone for one in found)
    strong = says("referral", phrases("referral_not").without(said))
    forwarded = asked.letter.subject[:3].lower() in ("fw:", "fwd", "wg:")
    handed = says("referral_handed", said) and (reachable or len(asked.letter.to) > 1 or forwarded)
    if (
        strong
        or handed
        or (found and says("referral_named", said))
        or (reachable and says("referral_weak", said))
    ):
        return Classified("referral", doubtful=not found, named=found, reasons=("sends_on",))
    if any(one.email for one in found) and not says("interested", said) and len(said.split()) < SHORT:
        return Classified("referral", named=found, reasons=("names_an_address",), doubtful=True)
    return None


def _intent(asked: Asked, said: str) -> Classified:
    until = put_off_to(asked.reply or asked.letter.subject, asked.letter.date)
    no = says("refusal", said)
    rest = phrases("refusal").without(phrases("interested_not").without(said))
    yes = says("interested", rest)
    soon = bool(until and asked.letter.date and (until - asked.letter.date.date()).days < SOON)
    if says("later", phrases("later_not").without(said)) or (
        until and says("later_weak", said) and not (yes and soon)
    ):
        return Classified("later", until=until, doubtful=no or yes, reasons=("put_off",))
    if no and yes:
        last = max(found.start() for found in phrases("interested").each(rest))
        turned = says("but", rest[: last + 1])
        return Classified("interested" if turned else "refusal", doubtful=True, reasons=("no_and_yes",))
    if no:
        return Classified("refusal", reasons=("says_no",))
    if yes:
        return Classified("interested", reasons=("wants_more",))
    return Classified("human", reasons=("a_person",))
