"""allauth, closed to strangers: accounts come from `init` and from invitations."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from konveyer.domain.workspace.models import User
from konveyer.web.sign_in.links import absolute, reset_url
from konveyer.web.sign_in.post import post

THEME_COOKIE = "konveyer_theme"


class MembersOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by himself; links in mails start with the configured address, whatever the request says."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        return reset_url(key)

    def format_email_subject(self, subject: str) -> str:
        """Some mails go at the commit, when the request, whose host allauth would write here, is no longer its own."""
        return f"{_('Konveyer')}: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = {"name": "Konveyer", "domain": absolute("")}
        rest = {"request": self.request, "email": email, "current_site": site, **context}
        post(self.render_mail(template_prefix, email, rest))

    def pre_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse | None:
        know_address(user)
        answer: HttpResponse | None = super().pre_login(request, user, **rest)
        return answer

    def post_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **rest)
        remember_theme(response, user)
        return response


def know_address(user: User) -> None:
    """An account's address was vouched for by whoever invited it; a second factor asks for a verified one."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def remember_theme(response: HttpResponse, user: User) -> None:
    """The theme follows the person to a new browser; before the first paint it is read from this cookie."""
    response.set_cookie(
        THEME_COOKIE, user.theme, max_age=365 * 24 * 3600, samesite="Lax", httponly=False, path="/"
    )
