"""A person's own choices, the same in every workspace: language, theme, single keys."""

from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.workspace.models import User
from konveyer.kit.refusal import Invalid


def choose(
    *, user_id: UUID, language: str | None = None, theme: str | None = None, single_keys: bool | None = None
) -> User:
    """Set what is given of language (ru, en), theme (auto, light, dark) and single keys. Raises Invalid."""
    user: User = User.objects.select_for_update().get(pk=user_id)
    if language is not None and language not in {"ru", "en"}:
        raise Invalid("language", _("Choose Russian or English."), fields={"language": "unknown"})
    if theme is not None and theme not in {"auto", "light", "dark"}:
        raise Invalid("theme", _("Choose light, dark or as on the device."), fields={"theme": "unknown"})
    user.language = language or user.language
    user.theme = theme or user.theme
    user.single_keys = user.single_keys if single_keys is None else single_keys
    user.save(update_fields=["language", "theme", "single_keys"])
    return user
