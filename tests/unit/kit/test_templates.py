"""Every template keeps the content policy: nothing inline that a browser would refuse."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3] / "src" / "konveyer"
TEMPLATES = sorted(path for path in SOURCE.rglob("*.html") if "templates" in path.parts)
REFUSED = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)(?![^>]*nonce=)", re.I),
    "htmx code": re.compile(r"hx-on[:-]|hx-vals=[\"']js:|hx-vars=|hx-trigger=\"[^\"]*\[", re.I),
    # a link that a person follows may lead out (messengers); nothing else is fetched from elsewhere
    "foreign host": re.compile(r"src=[\"']https?://|<(?!a\b)[^>]*href=[\"']https?://", re.I),
    "javascript address": re.compile(r"href=[\"']javascript:", re.I),
}
SPARED = {"email", "documents"}


@pytest.mark.shows("I2.csp")
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if SPARED & set(path.parts):
        pytest.skip("letters carry their own styles")
    assert [name for name, pattern in REFUSED.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "fault",
    [
        '<p style="x">',
        "<style>",
        '<a onclick="x">',
        "<script>alert(1)</script>",
        '<p hx-on:click="x">',
        '<img src="https://x.example/a.png">',
    ],
)
def test_the_scan_sees_what_it_is_for(fault: str) -> None:
    assert any(pattern.search(fault) for pattern in REFUSED.values())
