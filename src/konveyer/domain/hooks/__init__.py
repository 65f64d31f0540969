"""Webhooks out: what happened here is told to the addresses that asked for it, signed, retried, with a log."""
