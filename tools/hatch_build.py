"""A wheel is complete or it is not built: front end present, translations compiled."""

import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "src/konveyer/static/dist/app.css").exists():
            raise RuntimeError("The front end is not built: run `make setup` first.")
        sys.path.insert(0, str(root / "tools"))
        import messages

        messages.compile_all()
