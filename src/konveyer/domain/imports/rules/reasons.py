"""Reasons in words. A stored reject keeps code and params; its text is made in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

# Every code with its text; params in braces. `reader` codes come from reading the file.
TEXTS = {
    "cell_empty": lambda: _("The cell is empty, and without it the row says nothing."),
    "nobody": lambda: _("There is neither a company nor a person in this row."),
    "control_characters": lambda: _("The cell holds control characters that no text has."),
    "too_long": lambda: _("The text is too long: {length} characters, at most {limit} fit."),
    "date_unreadable": lambda: _("“{value}” is not a date."),
    "no_such_day": lambda: _("“{value}”: there is no such day."),
    "no_such_time": lambda: _("“{value}”: there is no such time of day."),
    "date_out_of_range": lambda: _("“{value}” lies outside 1950–2100."),
    "not_a_number": lambda: _("“{value}” is not a number."),
    "negative_amount": lambda: _("“{value}”: a sum cannot be negative."),
    "amount_too_large": lambda: _("“{value}” is too large."),
    "phone_no_digits": lambda: _("“{value}” is not a phone number, and there is no other contact."),
    "phone_too_few_digits": lambda: _("“{value}” has too few digits for a phone, and there is no other contact."),
    "phone_too_many_digits": lambda: _("“{value}” has too many digits for a phone, and there is no other contact."),
    "phone_no_such_number": lambda: _("There is no phone number “{value}”, and there is no other contact."),
    "phone_scientific": lambda: _("A spreadsheet rounded the phone: “{value}”. Format the column as text and save it anew."),
    "phone_placeholder": lambda: _("“{value}” is a made-up phone, and there is no other contact."),
    "email_no_at": lambda: _("“{value}”: an address needs an @."),
    "email_several_at": lambda: _("“{value}” has several @."),
    "email_nothing_before_at": lambda: _("“{value}”: nothing stands before the @."),
    "email_no_domain": lambda: _("“{value}”: nothing stands behind the @."),
    "email_no_dot_in_domain": lambda: _("“{value}”: the part behind the @ has no dot."),
    "email_comma_in_domain": lambda: _("“{value}”: a comma where a dot should be."),
    "email_space_inside": lambda: _("“{value}”: a space inside the address."),
    "email_cyrillic_letter": lambda: _("“{value}”: a Cyrillic letter among Latin ones."),
    "email_not_on_the_internet": lambda: _("“{value}” does not exist on the internet."),
    "email_too_long": lambda: _("“{value}” is too long for an address."),
    "email_bad_domain": lambda: _("“{value}”: there can be no such domain."),
    "email_bad_character": lambda: _("“{value}” holds a character that no address has."),
    "handle_unreadable": lambda: _("“{value}” is not a Telegram name."),
    "tax_empty": lambda: _("“{value}” is not a tax number."),
    "tax_letters": lambda: _("“{value}”: letters in the tax number."),
    "tax_wrong_length": lambda: _("“{value}” has {digits} digits; a tax number has 10 or 12, a registration number 13 or 15."),
    "tax_wrong_checksum": lambda: _("“{value}”: the check digit of the tax number is wrong, there is a typing error."),
    "tax_unknown_country": lambda: _("“{value}”: tax numbers of this country are not known here."),
    "tax_all_zeros": lambda: _("“{value}” is not a tax number."),
    "domain_unreadable": lambda: _("“{value}” is not a website."),
    "tag_long": lambda: _("The tag “{value}” is too long: at most {limit} letters fit."),
    "tags_many": lambda: _("With these tags it would be {number} on one record; at most {limit} fit."),
    "own_number": lambda: _("“{value}” is not a number; the field “{field}” takes one such as 1234.5."),
    "own_date": lambda: _("“{value}” is not a day; the field “{field}” takes one such as 31.03.2026."),
    "own_yes": lambda: _("“{value}” is neither yes nor no; the field “{field}” takes one of the two."),
    "own_link": lambda: _("“{value}” is not a link; the field “{field}” takes one such as https://example.com/page."),
    "own_option": lambda: _("“{value}” is no option of the field “{field}”. Its options: {options}."),
    "own_range": lambda: _("“{value}” is too large or too small for the field “{field}”."),
    "own_text": lambda: _("“{value}” is not a text that the field “{field}” can hold."),
    "own_no_company": lambda: _("The row names no company, so this value belongs to nobody."),
    "own_no_contact": lambda: _("The row names no person, so this value belongs to nobody."),
    "lead_unknown": lambda: _("There is no lead “{key}”. Import the leads first."),
    "lead_lost": lambda: _("The lead “{key}” was lost here; the list says it was won. Reopen it first."),
    "lead_won_here": lambda: _("The lead “{key}” was won here on {day}; the list says {said}."),
    "repeats_differently": lambda: _("Line {first} of the file says something else of the same record."),
    "number_unreadable": lambda: _("“{value}” is not the number of a record. Leave the cell as it was in the list that was taken out."),
    "lead_elsewhere": lambda: _("There is no such lead here: the list was taken out of another base, or the lead is gone. As the list “Leads” it makes new ones."),
    "several_companies": lambda: _("Several companies fit this row: {names}."),
    "several_contacts": lambda: _("Several people fit this row: {names}."),
    "several_leads": lambda: _("Several open leads fit this row."),
    "key_taken": lambda: _("“{key}” belongs to another record already."),
    "tax_taken": lambda: _("The tax number {key} belongs to another company: {name}."),
    "refused_by_base": lambda: _("The base refused the row: {why}."),
    "too_few_columns": lambda: _("The row has {found} columns instead of {expected}."),
    "too_many_columns": lambda: _("The row has {found} columns instead of {expected}."),
    "undecodable": lambda: _("The row holds bytes that are no text in this encoding."),
    "other_encoding": lambda: _("The row is in another encoding than the rest of the file."),
    "unclosed_quote": lambda: _("A quotation mark is opened and never closed."),
    "nul": lambda: _("The row holds NUL characters."),
    "cell_too_long": lambda: _("A cell is longer than 131 072 characters."),
}  # fmt: skip


def text_of(code: str, params: Mapping[str, Any], column: str = "") -> str:
    """The reason as a sentence; the column's name stands in front if the reason is one cell's."""
    words = TEXTS.get(code)
    said = words().format_map(_Filled(params)) if words else code
    return f"{column}: {said}" if column else said


class _Filled(dict[str, Any]):
    """A param that an old batch did not store leaves a dash, not an error."""

    def __missing__(self, key: str) -> str:
        return "—"
