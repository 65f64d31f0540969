"""The journal of the whole workspace: who changed what, when, from what to what."""
