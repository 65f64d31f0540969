"""Reads of mailboxes."""
