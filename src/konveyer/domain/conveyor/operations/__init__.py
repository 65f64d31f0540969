"""Writes of the conveyor package: whole conveyors, drafts, publishing, retiring, criteria."""

from konveyer.domain.conveyor.operations.criteria import set_criteria
from konveyer.domain.conveyor.operations.drafting import begin, drop_draft, open_draft, save_draft
from konveyer.domain.conveyor.operations.install import install, install_presets, publish
from konveyer.domain.conveyor.operations.publishing import publish_draft, retire, revive

__all__ = [
    "begin",
    "drop_draft",
    "install",
    "install_presets",
    "open_draft",
    "publish",
    "publish_draft",
    "retire",
    "revive",
    "save_draft",
    "set_criteria",
]
