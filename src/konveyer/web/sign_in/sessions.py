"""Ending sessions of an account from outside."""

from uuid import UUID

from allauth.usersessions.models import UserSession


def end_all(user_id: UUID) -> int:
    """Sign the account out everywhere; returns how many sessions ended."""
    sessions = list(UserSession.objects.filter(user_id=user_id))
    for session in sessions:
        session.end()
    return len(sessions)
