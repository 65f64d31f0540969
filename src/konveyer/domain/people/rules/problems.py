"""What is wrong with a typed value, in the reader's words: what it is and what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "empty": _("This has to be filled in."),
    "too_long": _("This is too long. Shorten it."),
    "unknown": _("There is no such choice. Choose from the list."),
    "taken": _("Another company has this tax number. Open that one, or check the number."),
    # tax numbers
    "letters": _("A tax number holds digits only."),
    "wrong_length": _("A tax number has 10 digits for a company, 12 for an entrepreneur."),
    "wrong_checksum": _("This tax number has a slip in it: its check digit does not fit."),
    "all_zeros": _("These are only zeros. Leave the field empty if the number is not known."),
    "unknown_country": _("Tax numbers of this country cannot be checked yet."),
    # phones
    "no_digits": _("There is no phone number here."),
    "too_few_digits": _("The phone is too short: write it with the code of the city or operator."),
    "too_many_digits": _("The phone has too many digits. Put an extension after “ext.”."),
    "no_such_number": _("There is no such phone range. Check the code."),
    "scientific": _("A spreadsheet has rounded this phone. Take it from the source again."),
    "placeholder": _("This is a filler, not a phone."),
    # addresses
    "no_at": _("An e-mail address needs an @."),
    "several_at": _("An e-mail address has one @. Separate several addresses by commas."),
    "nothing_before_at": _("Nothing stands before the @."),
    "no_domain": _("Nothing stands after the @."),
    "no_dot_in_domain": _("After the @ a dot is missing, as in firm.com."),
    "comma_in_domain": _("After the @ there is a comma instead of a dot."),
    "space_inside": _("An address has no spaces."),
    "cyrillic_letter": _("A Russian letter stands among Latin ones. Type the address anew."),
    "not_on_the_internet": _("Such an address works only inside an office network."),
    "bad_domain": _("This is not an address of a site. Example: firm.com."),
    "bad_character": _("The address holds a sign that cannot stand there."),
    "bad_handle": _("This is not a messenger name: letters, digits and underscores, without spaces."),
    # dates
    "order": _("The end lies before the beginning."),
}


def words_of(reason: str) -> str:
    """The words of a reason; the reason itself where it has none."""
    return str(WORDS.get(reason, reason))


def sentence(wrong: Mapping[str, str]) -> str:
    """All that is wrong, in one text."""
    return " ".join(dict.fromkeys(words_of(reason) for reason in wrong.values()))
