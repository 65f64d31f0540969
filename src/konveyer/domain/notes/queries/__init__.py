"""Reads: notes and files of a record, and the pages of companies and people."""
