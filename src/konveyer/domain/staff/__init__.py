"""Changing who works here: founding a workspace, members, roles, frames, invitations, access tokens.

The tables are the workspace package's; the writes stand above the journal because they write it.
"""
