"""Links that open doors. They start with the configured address, so that a forged Host header leads nowhere."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from konveyer.domain.workspace.models import User


def absolute(path: str) -> str:
    """A path of ours as the address that people use."""
    return f"{settings.BASE_URL}{path}"


def reset_url(key: str) -> str:
    """Where a password link leads; `key` is "account-token"."""
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return absolute(path.replace("UID-KEY", key))


def password_link(user: User) -> str:
    """A link that sets a new password: single use, an hour long; a second factor is asked for as well."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reset_url(f"{user_pk_to_url_str(user)}-{token}")


def invitation_url(secret: str) -> str:
    """Where an invitation leads."""
    return absolute(reverse("invitation", args=[secret]))
