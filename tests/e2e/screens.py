"""Every screen of the program, and every address that is none. An address in neither table fails the sweep.

A screen is a page, a dialog over a page, or what stands there after some keys. How it goes wrong is said too:
`refused:LOGIN` (a member of the firm who may not), `unknown` (a record that is not there), `form` (sent off empty).
Where a state cannot be, the reason stands in its place, in words.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Screen:
    """One entry of the sweep."""

    name: str
    on: str = ""  # the screen on which its address stands; "@note" one that was laid out; "" it has its own
    kind: str = "page"  # "dialog" over the page of `on`; "part": what `does` brings about on the screen `on`
    who: str = (
        "owner"  # "stranger": not signed in; "guarded": with a second factor; "half": before showing it
    )
    does: tuple[
        str, ...
    ] = ()  # "press KEY", "type WORDS", "click SELECTOR", "wait SELECTOR", "file SELECTOR"
    wrong: str = "unknown"
    bare: str = ""  # why it has no empty state
    among: str = ""  # narrows the list in which its record is looked for
    variant: str = ""  # another look at the same address

    @property
    def label(self) -> str:
        """How the test is called."""
        return f"{self.name}-{self.variant}" if self.variant else self.name


NONE_LACKS = "every member opens it, and it takes nothing that could be wrong"
SHOWN = "its errors are those of the screen on which it stands"
ALWAYS = "the same whether or not there are records"
NEEDS = "stands only where there is such a record"
PAID = f"?status=won&to={datetime.now(UTC) - timedelta(days=60):%Y-%m-%d}"  # the newest ones are not paid yet


def dialog(name: str, on: str, wrong: str = "form", **rest: Any) -> Screen:
    """A dialog over a page."""
    return Screen(name, on=on, kind="dialog", wrong=wrong, **rest)


def part(name: str, on: str, *does: str, bare: str = ALWAYS, wrong: str = SHOWN, **rest: Any) -> Screen:
    """What some keys bring about on another screen."""
    return Screen(name, on=on, kind="part", does=does, wrong=wrong, bare=bare, **rest)


def fixed(name: str, wrong: str = NONE_LACKS, **rest: Any) -> Screen:
    """A page that does not depend on records."""
    return Screen(name, wrong=wrong, bare=ALWAYS, **rest)


WORK = (
    Screen("my-day", wrong=NONE_LACKS),
    part("my-day", "my-day", "press Shift+Slash", "wait .k-keys-more dialog[open]", variant="keys"),
    part("my-day", "my-day", "click .k-nav .k-menu > button", variant="me"),
    Screen("board", wrong="refused:bookkeeper"),
    part("board-column", "board", "click [hx-get^='/board/column']", among="?conveyor=inbound"),
    part("board-fold", "board", "click [hx-post^='/board/fold']"),
    Screen("leads", wrong="refused:bookkeeper"),
    fixed("leads", variant="narrowed", among="?q=zzzz&state=open&origin=none&doubtful=1"),
    Screen("lead", on="leads"),
    part("lead", "lead", "click a[href*='tab=notes']", variant="notes"),
    part("lead", "lead", "click a[href*='tab=journal']", variant="journal"),
    part("lead", "lead", "click .k-lead-acts [aria-haspopup]", variant="menu"),
    part("lead-fact", "lead", "click .k-fact button", "wait #f-fact", among="?state=open"),
    dialog("lead-new", "leads"),
    part("lead-read", "lead-new", "type {signature}", "wait #draft [name=phones]:not([value=''])"),
    dialog("lead-move", "lead", "unknown", among="?state=open"),
    part(
        "lead-step",
        "lead-move",
        "click li:has([aria-current=step]) + li button",
        "wait [name=to]",
        wrong="form",
        among="?state=open",
    ),
    dialog("lead-touch", "lead", "unknown"),
    part("lead-touch-next", "lead-touch", "press Digit2", "wait #touch-next", among="?state=open"),
    dialog("lead-plan", "lead", among="?state=open"),
    dialog("lead-change", "lead", "unknown"),
    dialog("lead-assign", "lead", "unknown"),
    dialog("lead-hold", "lead", among="?state=open"),
    dialog("lead-refuse", "lead", among="?state=open"),
    dialog("lead-reroute", "lead", among="?state=open"),
    dialog("lead-judge", "lead", among="?state=open"),
    dialog("lead-reopen", "lead", bare=NEEDS, among="?state=lost"),
    dialog("lead-return", "@handed", bare=NEEDS),
    Screen(
        "search",
        on="my-day",
        kind="part",
        does=("press Control+KeyK", "type {company}", "settle"),
        wrong=SHOWN,
    ),
)

BASE = (
    Screen("companies", wrong=NONE_LACKS),
    Screen("company", on="companies"),
    Screen("contacts", wrong=NONE_LACKS),
    Screen("contact", on="contacts"),
    dialog("list-columns", "leads", NONE_LACKS, bare=ALWAYS),
    dialog("company-new", "companies"),
    dialog("company-edit", "company"),
    dialog("contact-new", "contacts"),
    dialog("contact-edit", "contact"),
    dialog("record-fields", "company", "unknown", bare=NEEDS),
    dialog("list-narrow", "companies", NONE_LACKS),
    dialog("view-keep", "companies"),
    dialog("view-change", "@view", "unknown", bare=NEEDS),
    dialog("bulk-new", "companies"),
    Screen("bulk-latest", wrong=NONE_LACKS),
    Screen("bulk", on="bulk-latest", bare=NEEDS),
    dialog("link-add", "contact"),
    dialog("link-change", "@linked", bare=NEEDS),
    dialog("lead-recommender", "lead", "unknown"),
    dialog("record-tags", "company", "unknown"),
    dialog("point-add", "contact"),
    Screen("consents", on="contact"),
    dialog("erase", "contact", "unknown"),
    dialog("consent-new", "contact"),
    dialog("point-remove", "contact", "unknown", bare=NEEDS),
    dialog("place-add", "contact"),
    dialog("place-change", "contact", "unknown", bare=NEEDS),
    dialog("note-edit", "@noted", bare=NEEDS),
    dialog("note-remove", "@noted", "unknown", bare=NEEDS),
    dialog("file-remove", "@noted", "unknown", bare=NEEDS),
)

MONEY = (
    Screen("products", wrong=NONE_LACKS),
    fixed("product-new", "form"),
    Screen("product", on="products", wrong="form"),
    Screen("deals", wrong="refused:performer"),
    dialog("deal", "deals", "unknown"),
    dialog("deal-new", "lead", "unknown", among="?state=open", bare=NEEDS),
    dialog("deal-change", "deal", "unknown"),
    dialog("deal-pay", "deal"),
    dialog("deal-refund", "deal", among=PAID, bare=NEEDS),
    fixed("sheet", "refused:bookkeeper"),
    Screen("sheet-team", wrong="refused:bookkeeper"),
    fixed("forecast", "refused:bookkeeper"),
    fixed("handoffs", "refused:bookkeeper"),
    Screen("handoffs-leads", among="?side=given&figure=sent&period=90d", wrong="refused:bookkeeper"),
    fixed("portfolio", "refused:bookkeeper"),
    Screen("funnel", wrong="refused:bookkeeper"),
    Screen("audit", wrong="refused:telemarketer"),
    Screen("audit-check", on="audit", bare=NEEDS),
    Screen("audit-frames", wrong="refused:telemarketer"),
    Screen("audit-letter", wrong="refused:telemarketer"),
    dialog("audit-benchmark", "audit-check", bare=NEEDS),
    Screen("journal", wrong="refused:telemarketer"),
)

LISTS = (
    Screen("duplicates", wrong="refused:telemarketer"),
    Screen("duplicate", on="duplicates", bare=NEEDS),
    dialog("duplicates-all", "duplicates", bare=NEEDS),
    Screen("merges", wrong="refused:telemarketer"),
    Screen("imports", wrong="form"),
    Screen("import", on="@written", bare=NEEDS),
    Screen("import", on="@draft", bare=NEEDS, wrong=SHOWN, variant="draft"),
    Screen("import", on="@tried", bare=NEEDS, wrong=SHOWN, variant="tried"),
    dialog("import-mend", "@tried", bare=NEEDS),
    dialog("import-withdraw", "@tried", "unknown", bare=NEEDS),
    part("import-undo", "import", "click #undo button", "wait #undo b", bare=NEEDS),
)

SETUP = (
    fixed("setup-workspace", "form"),
    Screen("setup-members", wrong="refused:telemarketer"),
    Screen("setup-member", on="setup-members"),
    Screen("setup-member-frames", on="setup-member"),
    fixed("setup-invite", "form"),
    Screen("absences", wrong=NONE_LACKS),
    Screen("absence", on="absences", bare=NEEDS),
    fixed("absence-new", "form"),
    part(
        "absence-new",
        "absence-new",
        "fill [name=ends_on] 2040-01-18",
        "click #away button",
        "wait h2",
        variant="preview",
    ),
    Screen("setup-teams", wrong="refused:telemarketer"),
    fixed("setup-team-new", "form"),
    Screen("setup-team", on="setup-teams", bare=NEEDS),
    Screen("setup-roles", wrong="refused:telemarketer"),
    fixed("setup-role-new", "form"),
    Screen("setup-role", on="setup-roles"),
    Screen("setup-role-frames", on="setup-role"),
    Screen("setup-frames", wrong="refused:telemarketer"),
    fixed("setup-out", "refused:telemarketer"),
    fixed("setup-fields", "refused:telemarketer"),
    Screen("setup-field-new", on="setup-fields", wrong="form", bare=ALWAYS),
    Screen("setup-field", on="setup-fields", bare=NEEDS),
    Screen("setup-tags", wrong="refused:telemarketer"),
    fixed("setup-tag-new", "form"),
    Screen("setup-tag", on="setup-tags", bare=NEEDS),
    Screen("setup-tag-merge", on="setup-tags", bare=NEEDS),
    Screen("setup-conveyors", wrong="refused:telemarketer"),
    fixed("setup-conveyor-new", "form"),
    Screen("setup-conveyor", on="setup-conveyors"),
    Screen("setup-criteria", on="setup-conveyor"),
    Screen("setup-rotation-new", on="setup-conveyor"),
    Screen("setup-rotation", on="setup-conveyor", bare=NEEDS),
    Screen("setup-draft", on="setup-conveyors", bare=NEEDS),
    Screen("setup-draft-publish", on="setup-draft", bare=NEEDS),
    Screen("setup-draft-refusals", on="setup-draft", bare=NEEDS),
    Screen("setup-stage-new", on="setup-draft", wrong="form", bare=NEEDS),
    Screen("setup-stage", on="setup-draft", wrong="form", bare=NEEDS),
    Screen("setup-consent-texts", wrong="refused:telemarketer"),
    fixed("setup-consent-text-new", "form"),
    Screen("setup-tokens", wrong="refused:telemarketer"),
    Screen("setup-mailboxes", wrong="refused:telemarketer"),
    fixed("setup-mailbox-new", "form"),
    Screen("setup-mailbox", on="setup-mailboxes", bare=NEEDS),
    Screen("setup-webhooks", wrong="refused:telemarketer"),
    fixed("setup-webhook-new", "form"),
    Screen("setup-webhook", on="setup-webhooks", bare=NEEDS),
    part("setup-webhook-secret", "setup-webhook", "click form[action$='/secret/'] button"),
    fixed("setup-move", "form"),
    part("setup-move-apply", "setup-move", "file [name=file]", "click form[enctype] button"),
)

WAY_IN = (
    fixed("account_login", "form", who="stranger"),
    fixed("account_signup", who="stranger"),
    fixed("account_inactive", who="stranger"),
    fixed("account_reset_password", "form", who="stranger"),
    fixed("account_reset_password_done", who="stranger"),
    Screen("account_reset_password_from_key", on="@reset", who="stranger", wrong="form", bare=NEEDS),
    fixed("account_reset_password_from_key_done", who="stranger"),
    Screen("invitation", on="@invitation", who="stranger", wrong="form", bare=NEEDS),
    fixed("mfa_authenticate", "form", who="half"),
    fixed("profile", "form"),
    fixed("new-token", "form"),
    part("new-token", "new-token", "type Excel", "click main form button[class*=k-btn]", variant="made"),
    fixed("account_logout"),
    fixed("account_reauthenticate", "form"),
    fixed("account_change_password", "form"),
    fixed("mfa_index"),
    fixed("mfa_index", who="guarded", variant="guarded"),
    fixed("mfa_activate_totp", "form"),
    fixed("mfa_reauthenticate", "form", who="guarded"),
    fixed("mfa_view_recovery_codes", who="guarded"),
    fixed("mfa_generate_recovery_codes", who="guarded"),
    fixed("mfa_deactivate_totp", who="guarded"),
    fixed("usersessions_list"),
    fixed("components"),
    dialog("components-dialog", "components", bare=ALWAYS),
    fixed("api-docs"),
)

SCREENS = (*WORK, *BASE, *MONEY, *LISTS, *SETUP, *WAY_IN)

# Addresses without a look of their own. What is only posted to answers a look with 405.
POSTED = frozenset(
    {
        "board-move", "lead-take", "lead-wake", "lead-tap", "lead-done", "lead-accept", "lead-exchange", "lead-warmth", "tap",
        "language", "choose-workspace", "revoke-token", "setup-deactivate", "setup-reactivate", "setup-renew", "setup-withdraw",
        "setup-team-remove", "setup-role-remove", "setup-mailbox-try", "setup-mailbox-test", "setup-mailbox-go-on", "setup-mailbox-letter", "setup-mailbox-remove", "setup-webhook-test", "setup-webhook-remove", "setup-webhook-resend",
        "duplicates-scan", "duplicate-apart", "merge-undo", "absence-back", "absence-off", "audit-run", "setup-tag-retire", "link-remove", "view-drop", "view-usual", "bulk-do", "bulk-back", "setup-field-move", "setup-field-retire", "setup-conveyor-retire", "setup-conveyor-revive", "setup-rotation-remove", "setup-draft-open", "setup-draft-order",
        "setup-draft-drop", "setup-stage-remove", "import-reading", "import-columns", "import-try", "import-write", "import-go-on",
    }
)  # fmt: skip
OTHERS = {
    "setup-out-take": "a file, asked for by a form",
    "bulk-kept": "a file",
    "duplicates-run": "a part of the list of duplicates",
    "notes": "a part of the lead, the company and the person",
    "files": "a part of the lead, the company and the person",
    "setup": "leads on to the first section",
    "healthz": "for programs",
    "file": "a file",
    "personal-data": "a file",
    "consent-withdraw": "stands only where somebody agreed; held by tests/web/test_consent.py",
    "funnel-csv": "a file",
    "portfolio-csv": "a file",
    "sheet-xlsx": "a file",
    "sheet-file": "takes a file from the sheet and tells what became of it",
    "list-export": "a file",
    "import-rejects": "a file",
    "setup-move-download": "a file",
    "mfa_download_recovery_codes": "a file",
}
