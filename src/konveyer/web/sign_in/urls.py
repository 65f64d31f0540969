"""Addresses of the way in and of the profile. Of allauth's screens only those that a member needs are here."""

from allauth.account import views as account
from django.urls import include, path, re_path

from konveyer.web.sign_in import invitation, own_tokens, profile

urlpatterns = [
    path("sign-in/login/", account.login, name="account_login"),
    path("sign-in/logout/", account.logout, name="account_logout"),
    path("sign-in/closed/", account.signup, name="account_signup"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/password/change/", account.password_change, name="account_change_password"),
    path("sign-in/password/reset/", account.password_reset, name="account_reset_password"),
    path("sign-in/password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "sign-in/password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^sign-in/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sign-in/second-factor/", include("allauth.mfa.urls")),
    path("sign-in/sessions/", include("allauth.usersessions.urls")),
    path("sign-in/invitation/<str:secret>/", invitation.invitation, name="invitation"),
    path("profile/", profile.profile, name="profile"),
    path("profile/language/", profile.language, name="language"),
    path("profile/workspace/", profile.choose_workspace, name="choose-workspace"),
    path("profile/tokens/new/", own_tokens.new_token, name="new-token"),
    path("profile/tokens/<uuid:token_id>/revoke/", own_tokens.revoke_token, name="revoke-token"),
]
