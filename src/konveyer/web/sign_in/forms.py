"""Forms of the way in."""

from typing import Any

from allauth.account.forms import ResetPasswordKeyForm
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.utils.translation import gettext_lazy as _

ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk",
    "Asia/Novosibirsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok",
    "Asia/Magadan", "Asia/Kamchatka", "Europe/Minsk", "Asia/Almaty", "Asia/Tashkent", "Asia/Yerevan",
    "Asia/Tbilisi", "Europe/Berlin", "Europe/London", "America/New_York", "UTC",
)  # fmt: skip


class ResetWithSecondFactor(ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password; who has a second factor shows it here too, so that a stolen mailbox is not enough."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.second: BaseAuthenticateForm | None = None
        if self.user and is_mfa_enabled(self.user):
            self.fields["code"] = forms.CharField(
                label=_("Code of the second factor"),
                help_text=_("From the application on your phone, or one of the recovery codes."),
                widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        # The code is spent by checking it, so it is looked at only when everything else is right.
        if "code" in self.fields and not self.errors:
            self.second = BaseAuthenticateForm(data={"code": cleaned["code"]}, user=self.user)
            if not self.second.is_valid():
                self.add_error("code", self.second.errors["code"])
        return cleaned

    def save(self) -> None:
        super().save()
        if self.second is not None:
            self.second.authenticator.record_usage()


class AcceptForm(forms.Form):
    """The name as colleagues will see it, and a password."""

    quiet = True  # an empty field means something here

    name = forms.CharField(label=_("Your name"), max_length=200)
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 10 characters. Four or five words in a row are a good one."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )


class LooksForm(forms.Form):
    """Language, theme, single keys."""

    quiet = True  # an empty field means something here

    language = forms.ChoiceField(label=_("Language"), choices=[("ru", "Русский"), ("en", "English")])
    theme = forms.ChoiceField(
        label=_("Theme"),
        choices=[("auto", _("As on the device")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    single_keys = forms.BooleanField(label=_("Single keys do something (J, K, C …)"), required=False)


def zone_choices(now: str, empty: str | None = None) -> list[tuple[str, str]]:
    """Zones to choose from; the present one is among them even when it is a rare one."""
    names = list(dict.fromkeys([*([now] if now else []), *ZONES]))
    return [*([("", empty)] if empty is not None else []), *((name, name) for name in names)]


class MeForm(forms.Form):
    """How colleagues see a member, and by which clock he works."""

    quiet = True  # an empty field means something here

    name = forms.CharField(label=_("Name"), max_length=200)
    timezone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, *args: Any, zone: str = "", workspace_zone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = _("as the workspace: %(zone)s") % {"zone": workspace_zone}
        self.fields["timezone"].choices = zone_choices(zone, same)  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """A new personal token: for what, with which of one's own rights, how long."""

    quiet = True  # an empty field means something here

    name = forms.CharField(label=_("What will use it"), max_length=120)
    days = forms.TypedChoiceField(
        label=_("How long"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (366, _("a year")), (0, _("until revoked"))],
        initial=90,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what the token may do.")},
    )

    def __init__(self, *args: Any, rights: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = rights  # type: ignore[attr-defined]
