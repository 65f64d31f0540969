"""Consents: who agreed to what, in which words, when and where from, and when it was withdrawn. Append-only."""
