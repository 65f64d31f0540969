"""Mail that answers nobody: newsletters, notifications, receipts, spam."""

from __future__ import annotations

import re

from konveyer.domain.delivery.rules.letter import Asked, Letter
from konveyer.domain.delivery.rules.own import OUR_ID, answered_ids
from konveyer.domain.delivery.rules.phrases import says

_LISTED = frozenset(["list-id", "list-unsubscribe", "list-post", "feedback-id", "x-campaign", "x-campaignid", "x-campaign-id", "x-mailchimp-id", "x-mc-user", "x-report-abuse", "x-csa-complaints", "x-sg-eid", "x-mailer-lid"])  # fmt: skip
_ROBOT = re.compile(
    r"^(?:no-?_?\.?reply|do-?not-?reply|donotreply|notif\w*|news\w*|newsletter|mailing|subscri\w*|digest|alerts?|robot|bot|bounce\w*|updates?|promo\w*|marketing-?mail|info-?letter|rassylka|reklama|"
    r"calendar|invitations?|receipts?|billing|check|noreply[\w.-]*|account-?security|security-?noreply|mailer|daemon|system|auto\w*)(?:[+._-].*)?@",
    re.I,
)


def listed(letter: Letter) -> bool:
    """Headers of a mailing list or of a mass mailing."""
    names = {name for name, _ in letter.headers}
    return bool(names & _LISTED) or letter.get("precedence").strip().lower() in ("bulk", "list", "junk")


def answers_known(letter: Letter) -> bool:
    """It names a letter of ours by its number."""
    return any(OUR_ID.search(one) for one in answered_ids(letter))


def from_robot(letter: Letter) -> bool:
    """An address at which nobody reads."""
    return bool(_ROBOT.match(letter.sender))


def is_bulk(letter: Letter, asked: Asked) -> bool:
    """A mass mailing or a service's notification, which no person wrote to us."""
    if asked.answered or answers_known(letter):
        return False
    if listed(letter) or says("newsletter", asked.said):
        return True
    if from_robot(letter) or says("junk", asked.said) or says("junk", asked.subject):
        return True
    told = says("notification", asked.said) or says("notification", asked.subject)
    return told and not says("greeting", asked.said)
