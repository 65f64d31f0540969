"""What holds for a whole list: the conveyor its leads stand on, level, currency."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from babel.numbers import list_currencies
from django.utils.translation import gettext as _

from konveyer.domain.catalog.models import LEVELS
from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.conveyor.queries import conveyors, live_version
from konveyer.domain.imports.operations.bulk import IdSource
from konveyer.domain.imports.queries.known import ways
from konveyer.domain.imports.rules.drafts import Setting, Way
from konveyer.domain.imports.rules.mapping import Mapping
from konveyer.domain.imports.rules.presets import BY_CODE
from konveyer.domain.workspace.models import Workspace
from konveyer.kit.refusal import Invalid, Refused

NOWHERE = Way("", "", ())


def setting_of(workspace: Workspace, mapping: Mapping, at: datetime, file_name: str) -> Setting:
    """The setting of a list in this workspace. Raises Invalid for an unknown conveyor, level, currency or zone."""
    options = mapping.options
    currency = str(options.get("currency") or workspace.currency).upper()
    zone = str(options.get("timezone") or workspace.timezone)
    level = str(options.get("level") or "core")
    if currency not in list_currencies():
        raise Invalid(
            "currency", _("This is not a currency code. Example: RUB."), fields={"currency": "unknown"}
        )
    if zone not in available_timezones():
        raise Invalid(
            "timezone", _("This is not a time zone. Example: Europe/Moscow."), fields={"timezone": "unknown"}
        )
    if level not in LEVELS:
        raise Invalid("level", _("There is no such level."), fields={"level": "unknown"})
    return Setting(
        main=mapping.main, way=_way(workspace, mapping), level=level, currency=currency,
        incoming=bool(options.get("incoming", False)), at=at, file_name=file_name,
        today=at.astimezone(ZoneInfo(workspace.timezone)).date(), new_id=IdSource(),
    )  # fmt: skip


def _way(workspace: Workspace, mapping: Mapping) -> Way:
    if mapping.main == "contact":
        return NOWHERE
    conveyor = _conveyor(workspace, mapping)
    version = live_version(workspace.pk, conveyor.pk)
    found = ways(workspace.pk, [str(version.pk)]) if version else {}
    if version is None or not found:
        raise Refused(
            "conveyor_not_live",
            _(
                "The conveyor “{name}” has no live version with stages. Publish one, or choose another conveyor."
            ).format(name=conveyor.name),
        )
    return found[str(version.pk)]


def _conveyor(workspace: Workspace, mapping: Mapping) -> Conveyor:
    """The one named in the options by code or name; else the one that suits the list; else the first."""
    there = conveyors(workspace.pk)
    wanted = mapping.options.get("conveyor")
    if wanted:
        named = [
            one
            for one in there
            if wanted in (one.code, str(one.pk)) or one.name.lower() == str(wanted).lower()
        ]
        if not named:
            names = ", ".join(f"{one.code} ({one.name})" for one in there)
            raise Invalid(
                "conveyor_unknown",
                _("There is no conveyor “{name}”. There are: {names}").format(name=wanted, names=names),
                fields={"conveyor": "unknown"},
            )
        return named[0]
    if not there:
        raise Refused(
            "no_conveyor", _("There is no conveyor yet, so leads have nowhere to stand. Make one first.")
        )
    preset = BY_CODE.get(mapping.preset)
    codes = preset.conveyors if preset else ("inbound",)
    return next((one for code in codes for one in there if one.code == code), there[0])
