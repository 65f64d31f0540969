"""Forms of the settings."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from konveyer.domain.delivery.operations.mailboxes import MailboxFacts
from konveyer.domain.delivery.rules.providers import PROVIDER_NAMES
from konveyer.domain.staff.queries.roster import Person
from konveyer.domain.staff.rules.frames import KIND_NAMES, FrameKind
from konveyer.domain.staff.rules.roles import RIGHT_NAMES, VIEW_NAMES
from konveyer.domain.workspace.models import Role, Team
from konveyer.web.sign_in.forms import zone_choices

Choices = list[tuple[str, Any]]
NOBODY = ("", "—")


def _key(text: str) -> UUID | None:
    return UUID(text) if text else None


def choice(label: Any, choices: Choices, **rest: Any) -> forms.TypedChoiceField:
    """One of several records, or nobody."""
    return forms.TypedChoiceField(
        label=label, choices=[NOBODY, *choices], coerce=_key, empty_value=None, required=False, **rest
    )


def several(label: Any, choices: Choices, **rest: Any) -> forms.TypedMultipleChoiceField:
    """Several records, ticked."""
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, coerce=_key, widget=forms.CheckboxSelectMultiple, **rest
    )


def of_roles(roles: Iterable[Role]) -> Choices:
    """Roles to choose from."""
    return [(str(role.pk), role.name) for role in roles]


def of_people(people: Iterable[Person], but: UUID | None = None) -> Choices:
    """Active members to choose from."""
    return [
        (str(person.member.pk), person.member.name)
        for person in people
        if person.member.active and person.member.pk != but
    ]


def of_teams(teams: Iterable[Team]) -> Choices:
    """Teams to choose from."""
    return [(str(team.pk), team.name) for team in teams]


class WorkspaceForm(forms.Form):
    """The workspace's own settings."""

    quiet = True  # an empty field means something here

    name = forms.CharField(label=_("What the company is called"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language of new presets"), choices=[("ru", "Русский"), ("en", "English")],
        help_text=_("Each person chooses the language of his own screens in his profile."),
    )  # fmt: skip
    timezone = forms.ChoiceField(
        label=_("Time zone of the reports"), help_text=_("Another zone counts the days of all leads anew.")
    )
    team_size = forms.ChoiceField(
        label=_("How many sell"), choices=[("1", "1"), ("2-5", "2–5"), ("6+", "6+")]
    )
    talk_seconds = forms.IntegerField(
        label=_("A call is a talk from … seconds"), min_value=1, max_value=600,
        help_text=_("Shorter answered calls count as attempts."),
    )  # fmt: skip

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = zone_choices(zone)  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """What is known of a member."""

    quiet = True  # an empty field means something here

    name = forms.CharField(label=_("Name"), max_length=200)
    timezone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(
        self, *args: Any, zone: str, workspace_zone: str, people: Choices, teams: Choices, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        same = _("as the workspace: %(zone)s") % {"zone": workspace_zone}
        self.fields["timezone"].choices = zone_choices(zone, same)  # type: ignore[attr-defined]
        self.fields["team_id"] = choice(_("Team"), teams)
        self.fields["deputy_id"] = choice(_("Deputy"), people)


class RolesForm(forms.Form):
    """The roles of a member."""

    quiet = True  # an empty field means something here

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role_ids"] = several(
            _("Roles"), roles, error_messages={"required": _("A member needs at least one role.")}
        )


class LeaveForm(forms.Form):
    """Letting a member go."""

    quiet = True  # an empty field means something here

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shared = ("share", _("shared among those who hold the role"))
        self.fields["successor"] = forms.ChoiceField(
            label=_("Who takes his open work"), choices=[NOBODY, shared, *people], required=False
        )


class InviteForm(RolesForm):
    """Whom to invite."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200)

    def __init__(self, *args: Any, teams: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team_id"] = choice(_("Team"), teams)


class TeamForm(forms.Form):
    """A team."""

    quiet = True  # an empty field means something here

    name = forms.CharField(label=_("Name of the team"), max_length=120)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head_id"] = choice(
            _("Head"), people, help_text=_("Sees the records of the whole team, if his role sees teams.")
        )
        self.fields["member_ids"] = several(_("People"), people, required=False)


class RoleForm(forms.Form):
    """A role."""

    quiet = True  # an empty field means something here

    name = forms.CharField(label=_("Name of the role"), max_length=120)
    view = forms.ChoiceField(label=_("Whose records are seen"), choices=list(VIEW_NAMES.items()))
    rights = forms.MultipleChoiceField(
        label=_("Rights"),
        choices=list(RIGHT_NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class FramesForm(forms.Form):
    """All frames of one role or member; an empty field is no limit."""

    quiet = True  # an empty field means something here

    def __init__(self, *args: Any, with_view: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, words in KIND_NAMES.items():
            if kind == FrameKind.VIEW:
                if with_view:
                    views = [("", _("as his roles")), *VIEW_NAMES.items()]
                    self.fields[kind.value] = forms.ChoiceField(label=words, choices=views, required=False)
            else:
                hint = _("Such as 1-5 09:00-18:00; 1 is Monday") if kind == FrameKind.HOURS else ""
                self.fields[kind.value] = forms.CharField(
                    label=words, max_length=200, required=False, help_text=hint
                )


SECURITY_NAMES = [("tls", "TLS"), ("starttls", "STARTTLS"), ("none", _("none: only inside one network"))]


class MailboxForm(forms.Form):
    """A mailbox. Empty servers are those of the provider."""

    quiet = True  # an empty field means something here

    address = forms.CharField(
        label=_("Address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(
        label=_("Sender’s name"),
        max_length=120,
        help_text=_("Whom the reader sees: Anna Belova, Northern Method"),
    )
    password = forms.CharField(
        label=_("Password for programs"),
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    login = forms.CharField(
        label=_("Login"), max_length=254, required=False, help_text=_("Empty: the address itself")
    )
    selector = forms.CharField(
        label=_("DKIM selector"),
        max_length=80,
        required=False,
        help_text=_("The provider shows it beside the DKIM record"),
    )

    def __init__(
        self, *args: Any, people: Choices, kept: bool = False, with_active: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if kept:
            self.fields["password"].help_text = _("A password is kept. Empty: it stays.")
        providers = [("", _("told by the address")), *PROVIDER_NAMES.items()]
        self.fields["provider"] = forms.ChoiceField(label=_("Provider"), choices=providers, required=False)
        self.fields["member_id"] = choice(
            _("Whose"), people, help_text=_("Nobody chosen: the mailbox of the firm")
        )
        for way, words in (("smtp", _("Server to send")), ("imap", _("Server to read"))):
            self.fields[f"{way}_host"] = forms.CharField(label=words, max_length=253, required=False)
            self.fields[f"{way}_port"] = forms.IntegerField(
                label=_("Port"), min_value=1, max_value=65535, required=False
            )
            securities = [("", _("usual")), *SECURITY_NAMES]
            self.fields[f"{way}_security"] = forms.ChoiceField(
                label=_("Encryption"), choices=securities, required=False
            )
        for name, words, most in (
            ("day_limit", _("Letters a day"), 100_000),
            ("hour_limit", _("Letters an hour"), 100_000),
            ("gap", _("Seconds between two"), 86_400),
        ):
            least = 0 if name == "gap" else 1
            self.fields[name] = forms.IntegerField(
                label=words, min_value=least, max_value=most, initial=getattr(MailboxFacts, name)
            )
        if with_active:
            self.fields["active"] = forms.BooleanField(label=_("In use"), required=False)
        first = ("address", "name", "password", "provider", "member_id")
        self.order_fields([*first, *(name for name in self.fields if name not in first)])


class TestLetterForm(forms.Form):
    """Where the test letter goes."""

    to = forms.CharField(
        label=_("A test letter to"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class WebhookForm(forms.Form):
    """A webhook."""

    quiet = True  # an empty field means something here

    name = forms.CharField(label=_("What it feeds"), max_length=120)
    url = forms.CharField(
        label=_("Address"), max_length=500, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
    events = forms.MultipleChoiceField(label=_("Events"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, events: Choices, with_active: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"].choices = events  # type: ignore[attr-defined]
        if with_active:
            self.fields["active"] = forms.BooleanField(label=_("Told about events"), required=False)
