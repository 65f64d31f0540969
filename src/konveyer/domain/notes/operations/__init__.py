"""Writes: notes and files on records. Each is one transaction and journals on the record itself."""

from konveyer.domain.notes.operations.files import add_file, remove_file
from konveyer.domain.notes.operations.notes import add_note, change_note, remove_note

__all__ = ["add_file", "add_note", "change_note", "remove_file", "remove_note"]
