"""The figures that are judged, on a folder made here."""

from pathlib import Path

from tests.unit.delivery.letters import raw
from tests.unit.delivery.scoring import score


def test_table_and_figures(tmp_path: Path) -> None:
    truths = {
        "a": ("стоп", 'verdict = "opt_out"\nreply_text = "стоп"'),
        "b": ("Спасибо", 'verdict = "interested"\ndoubtful = true\nalso = "human"'),
        "c": ("Спасибо", 'verdict = "opt_out"'),
    }
    for name, (text, truth) in truths.items():
        (tmp_path / f"{name}.eml").write_bytes(raw(text))
        (tmp_path / f"{name}.toml").write_text(truth)
    told = score(tmp_path)
    assert dict(told.table) == {
        ("opt_out", "opt_out"): 1,
        ("interested", "interested"): 1,
        ("opt_out", "human"): 1,
    }
    assert told.figures["opt_out_recall"] == 0.5
    assert told.misses() == {"opt_out_recall": 0.5}
    assert told.wrong == [("c", "opt_out", "human")]
