"""Writes about members: who works here, in which roles, within which frames, and how they get in."""
