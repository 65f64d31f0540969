"""Why a file or a mapping cannot be used, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

FILE = {
    "empty": lambda: _("The file is empty."),
    "missing": lambda: _("There is no such file."),
    "directory": lambda: _("This is a folder, not a file."),
    "binary": lambda: _("This is not a table: the file holds no text. Save the list as CSV or XLSX."),
    "pdf": lambda: _("This is a PDF. Save the list as CSV or XLSX."),
    "xls": lambda: _("This is an old Excel file (XLS). Open it and save it as XLSX or CSV."),
    "ods": lambda: _("This is an OpenDocument table. Save it as XLSX or CSV."),
    "word": lambda: _("This is a text document. Save the list as CSV or XLSX."),
    "html": lambda: _("This is a web page. Save the list as CSV or XLSX."),
    "xml": lambda: _("This is XML. Save the list as CSV or XLSX."),
    "json": lambda: _("This is JSON. Save the list as CSV or XLSX."),
    "image": lambda: _("This is a picture. Save the list as CSV or XLSX."),
    "archive": lambda: _("This is an archive. Unpack it and choose the table inside."),
    "not_xlsx": lambda: _("The file calls itself XLSX, but is none. Save the list anew."),
    "password_protected": lambda: _("The file is protected by a password. Save it without one."),
    "broken": lambda: _("The file is damaged and cannot be opened. Save the list anew."),
    "too_big": lambda: _("Unpacked, the file is larger than {limit_mb} MB. Save the list as CSV."),
    "too_many_cells": lambda: _("The sheet has too many cells to open. Save the list as CSV."),
    "no_rows": lambda: _("There are no rows in the file."),
    "no_such_sheet": lambda: _("The file has no sheet “{sheet}”."),
    "no_such_encoding": lambda: _("There is no encoding “{encoding}”. Examples: utf-8, cp1251, utf-16."),
}  # fmt: skip
MAPPING = {
    "map_not_text": lambda: _("“{name}” in the mapping must be a text or a list of texts."),
    "map_unknown": lambda: _("The mapping says “{name}”, which is no field and no column of the preset."),
    "map_both_unknown": lambda: _("The mapping joins “{left}” and “{right}”, but neither is a column of this file."),
    "map_twice": lambda: _("Two columns, “{first}” and “{second}”, go to the same field {field}. Keep one of them."),
    "option_unknown": lambda: _("The mapping has no option “{name}”."),
    "option_value": lambda: _("The option {name} cannot be “{value}”."),
    "nothing_mapped": lambda: _("No column of this file says where it belongs. Its columns: {header}. Say where they belong."),
    "needs": lambda: _("The file has no column “{field}”, and nothing can be brought in without it. Its columns: {header}. If it has another name here, say which column it is."),
}  # fmt: skip


def file_words(code: str, params: Mapping[str, Any]) -> str:
    """Why the file cannot be read."""
    words = FILE.get(code)
    return words().format(**params) if words else code


def mapping_words(code: str, params: Mapping[str, Any]) -> str:
    """Why the mapping cannot be followed, with what may have been meant."""
    said = MAPPING[code]().format(**params)
    near = params.get("near")
    return f"{said} {_('Did you mean: {near}?').format(near=near)}" if near else said
