"""Words of verdicts."""

from django.utils.translation import pgettext_lazy

from konveyer.domain.audit.rules.verdict import Verdict

VERDICTS = {
    Verdict.BAD: pgettext_lazy("verdict", "bad"),
    Verdict.WEAK: pgettext_lazy("verdict", "weak"),
    Verdict.GOOD: pgettext_lazy("verdict", "good"),
    Verdict.NOT_ENOUGH_DATA: pgettext_lazy("verdict", "not enough data"),
    Verdict.NO_DATA: pgettext_lazy("verdict", "no data"),
}
