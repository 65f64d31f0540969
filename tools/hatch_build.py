"""A wheel is complete or it is not built: front end present, translations compiled."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "src/konveyer/static/dist/app.css").exists():
            raise RuntimeError("The front end is not built: run `make setup` first.")
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for po in root.glob("src/konveyer/locale/*/LC_MESSAGES/*.po"):
            with po.open("rb") as source:
                catalog = read_po(source, locale=po.parts[-3])
            with po.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalog)
