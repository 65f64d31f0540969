"""What lies outside somebody's frame is refused with the reason and with those who may allow it (R28)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from konveyer.domain.staff.rules.frames import FrameKind
from konveyer.kit.refusal import Invalid


class OutsideFrame(Invalid):
    """A frame does not allow this. `details`: frame, limit, found (what it would become), who_allows (names).

    `reason` says what is outside; `how` what can be done instead, before it names those who may allow it. A dialog
    that can be mended shows it like other wrong input, with everything that was typed still there.
    """

    status = 409

    def __init__(
        self,
        kind: FrameKind,
        reason: str,
        *,
        how: str,
        limit: Any,
        found: Any,
        who: Sequence[str],
        fields: Mapping[str, Any] | None = None,
    ) -> None:
        names = ", ".join(who) or _("nobody at present; frames are set under Settings, Frames")
        allowing = _("May allow it: %(names)s.") % {"names": names}
        message = f"{reason} {how} {allowing}"
        details = {"frame": kind.value, "limit": str(limit), "found": str(found), "who_allows": list(who)}
        super().__init__("outside_frame", message, fields=fields, details=details)
