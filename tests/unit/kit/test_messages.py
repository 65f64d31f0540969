"""The tool that keeps the Russian complete finds what is wrong with a catalogue."""

import gettext
import importlib.util
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages import Catalog, Message

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("original", "translation", "faults"),
    [
        ("Chosen: {count}", "Выбрано: {count}", 0),
        ("Chosen: {count}", "Выбрано: {число}", 1),
        ("%(a)s of %(b)s", "%(a)s из %(b)s", 0),
        ("%(a)s of %(b)s", "%(a)s", 1),
        (("%(n)s call", "%(n)s calls"), ("%(n)s звонок", "%(n)s звонка", "%(n)s звонков"), 0),
        (("One call", "%(n)s calls"), ("Один звонок", "%(n)s звонка", "%(n)s звонков"), 0),
        (("%(n)s call", "%(n)s calls"), ("%(n)s звонок", "%(n)s звонка"), 1),
        (("%(n)s call", "%(n)s calls"), ("%(n)s звонок", "%(n)s звонка", "%(m)s звонков"), 1),
        (("%(n)s call", "%(n)s calls"), ("%(n)s звонок", "", "%(n)s звонков"), 1),
    ],
)
def test_damage(tool: ModuleType, original: str, translation: str, faults: int) -> None:
    assert len(list(tool.damage(Message(original, translation)))) == faults


def catalog(*pairs: tuple[str, str]) -> Catalog:
    made = Catalog(locale="ru")
    for original, translation in pairs:
        made.add(original, translation)
    return made


def test_fragments_that_disagree_are_named(tool: ModuleType) -> None:
    merged, faults = tool.merge(
        {
            Path("a.po"): catalog(("Lead", "Лид")),
            Path("b.po"): catalog(("Lead", "Заявка"), ("Deal", "Сделка")),
        }
    )
    assert merged.get("Lead").string == "Лид"
    assert merged.get("Deal").string == "Сделка"
    assert len(faults) == 1
    assert "a.po" in faults[0]
    assert "b.po" in faults[0]


def test_fragments_that_agree_are_one(tool: ModuleType) -> None:
    merged, faults = tool.merge(
        {Path("a.po"): catalog(("Lead", "Лид")), Path("b.po"): catalog(("Lead", "Лид"))}
    )
    assert (len(merged), faults) == (1, [])


def test_texts_are_found_in_templates_with_context_and_plural(tool: ModuleType, tmp_path: Path) -> None:
    import io

    tool.prepare_django()
    page = b"""{% load i18n %}{% translate "Lead" %}{% translate "Call" context "verb" %}
    {% blocktranslate trimmed count n=n %}
      {{ n }} call
    {% plural %}
      {{ n }} calls
    {% endblocktranslate %}{{ _("Deal") }}"""
    from babel.messages.extract import extract

    found = [
        (message, context)
        for _, message, _, context in extract(tool.extract_template, io.BytesIO(page), keywords=tool.KEYWORDS)
    ]
    assert ("Lead", None) in found
    assert ("Call", "verb") in found
    assert (("%(n)s call", "%(n)s calls"), None) in found
    assert ("Deal", None) in found


@pytest.mark.shows("I2.languages")
def test_untranslated_texts_are_named(tool: ModuleType) -> None:
    code = catalog(("Lead", ""), ("Deal", ""))
    lacking = list(tool.untranslated(code, catalog(("Lead", "Лид"))))
    assert [message.id for message in lacking] == ["Deal"]


def test_two_that_compile_side_by_side_both_end_with_a_whole_catalogue(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two builds of the wheel at once took each other's half-made file away."""
    monkeypatch.setattr(tool, "LOCALE", tmp_path)
    monkeypatch.setattr(tool, "merge", lambda _parts: (few, []))
    few = Catalog(locale="ru", charset="utf-8")
    few.add("Call", "Звонок")
    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(lambda _turn: tool.compile_all(), range(40)))
    assert ended == [0] * 40
    made = tmp_path / "ru" / "LC_MESSAGES" / "django.mo"
    with made.open("rb") as sheet:
        assert gettext.GNUTranslations(sheet).gettext("Call") == "Звонок"
    assert {path.name for path in made.parent.iterdir()} == {"django.mo"}
