"""Writes on mailboxes."""
