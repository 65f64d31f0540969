"""Bytes → Letter: charsets as they come, broken forms, HTML; and no bytes at all that raise or cost more than their length."""

import base64
import quopri
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.adapters.letters import mime, read_letter
from konveyer.adapters.letters.charsets import decode
from konveyer.adapters.letters.headers import addresses, display_name, readable
from konveyer.adapters.letters.html import html_text
from konveyer.domain.delivery.rules.classify import classify
from konveyer.domain.delivery.rules.letter import ORIGINAL, VERDICTS, Known
from tests.unit.delivery.letters import raw

RUSSIAN = "Добрый день! Пришлите, пожалуйста, коммерческое предложение на сентябрь."
GERMAN = "Ich bin bis einschließlich 31. Juli nicht im Büro. In dringenden Fällen hilft Frau Vogt."


@pytest.mark.parametrize(
    "claim", ["{real}", "", "us-ascii", "iso-8859-1", "unknown-8bit", "nonsense-1", "utf-8"]
)
@pytest.mark.parametrize(
    ("text", "real"), [(RUSSIAN, "koi8-r"), (RUSSIAN, "cp1251"), (RUSSIAN, "utf-8"), (GERMAN, "cp1252")]
)
def test_the_text_is_read_whatever_charset_it_claims(text: str, real: str, claim: str) -> None:
    assert decode(text.encode(real), claim.format(real=real)) == text


def test_a_claim_that_fits_is_believed_and_a_wrong_one_of_the_same_script_is_not() -> None:
    assert decode("№ ½ é".encode(), "utf-8") == "№ ½ é"
    assert decode(RUSSIAN.encode("koi8-r"), "windows-1251") == RUSSIAN
    assert decode("日本語".encode("iso2022_jp"), "iso-2022-jp") == "日本語"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?B?0JTQsA==?=", "Да"),
        ("=?koi8-r?Q?=E4=C1?=, plain", "Да, plain"),
        ("=?utf-8?B?0JTQ?= =?utf-8?B?sA==?=", "Да"),  # a letter cut in two
        ("=?utf-8?B?broken", "=?utf-8?B?broken"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
    ],
)
def test_encoded_words(written: str, read: str) -> None:
    assert readable(written.encode()) == read


def test_addresses_and_names_of_headers() -> None:
    assert addresses('"Belova, Anna" <A.Belova@x.example>, b@y.example; <c@z.example>') == [
        "a.belova@x.example",
        "c@z.example",
        "b@y.example",
    ]
    assert display_name('"Belova, Anna" <a@x.example>') == "Belova, Anna"
    assert display_name("MAILER-DAEMON@x.example (Mail Delivery System)") == "Mail Delivery System"


@pytest.mark.parametrize(
    ("encode", "name"),
    [(base64.encodebytes, "base64"), (quopri.encodestring, "quoted-printable"), (lambda text: text, "8bit")],
)
def test_transfer_encodings(encode: Callable[[bytes], bytes], name: str) -> None:
    body = encode(RUSSIAN.encode())
    message = (
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
        + name.encode()
        + b"\n\n"
        + body
    )
    assert read_letter(message).text == RUSSIAN
    assert read_letter(message.replace(b"\n", b"\r\n")).text == RUSSIAN


def test_of_alternatives_the_plain_one_is_read_unless_it_says_nothing() -> None:
    parts = "--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html\n\n<p>Rich</p>\n--b--\n"
    told = {"Content_Type": "multipart/alternative; boundary=b"}
    assert read_letter(raw(parts.format(plain="Plain"), **told)).text == "Plain"
    assert read_letter(raw(parts.format(plain=" "), **told)).text == "Rich"


def test_a_boundary_that_was_lost_is_found_and_a_missing_end_does_no_harm() -> None:
    body = "--x42\nContent-Type: text/plain\n\nFirst\n--x42\nContent-Type: text/plain\n\nSecond\n"
    for form in ("multipart/mixed", "multipart/mixed; boundary=other", 'multipart/mixed; boundary="x42"'):
        assert read_letter(raw(body, Content_Type=form)).text.split() == ["First", "Second"]


def test_a_message_inside_is_a_letter_of_its_own() -> None:
    body = "--b\n\nSee below.\n--b\nContent-Type: message/rfc822\n\nFrom: x@y.example\nSubject: Inner\n\nStop\n--b--\n"
    found = read_letter(raw(body, Content_Type="multipart/mixed; boundary=b"))
    assert (found.text, [(one.subject, one.text) for one in found.attached]) == (
        "See below.",
        [("Inner", "Stop")],
    )


def test_html_becomes_lines_with_quotation_marked_and_links_without_address() -> None:
    source = (
        "<html><head><style>p {color: red}</style></head><body><!-- no --><p>Да,&nbsp;<a href='http://x.example/y'>готовы</a></p>"
        "<div>5 &lt; 6<br>три</div><blockquote><p>ваше письмо</p></blockquote><div class=\"gmail_quote\">On Monday you wrote:</div></body></html>"
    )  # fmt: skip
    lines = html_text(source).split("\n")
    assert [line for line in lines if line.strip("> ")] == [
        "Да, готовы",
        "5 < 6",
        "три",
        "> ваше письмо",
        ORIGINAL,
        "On Monday you wrote:",
    ]


PIECES = st.sampled_from(
    [b"\n", b"\r\n", b"--b\n", b"--b--\n", b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: message/rfc822\n\n", b"Content-Type: text/html\n\n",
     b"Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822;a@b.example\nAction: failed\nStatus: 5.1.1\n\n", b"From: ", b"a@b.example", b"=?utf-8?B?",
     b"?=", b"Content-Transfer-Encoding: base64\n", b"<div", b"<blockquote>", b"> ", b"On 1.1.2026 a@b.example wrote:\n", "не пишите ".encode(), "в отпуске до 31 февраля ".encode(),
     "\u0438\u0306".encode("utf-16"), b"\x00", b"Date: Tue, 99 Foo 2026\n", b"Subject: stop\n", b"-- \n", b"Auto-Submitted: auto-replied\n"]
)  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=400), st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=30).map(b"".join)
    )
)
def test_any_bytes_give_a_letter_and_a_verdict(message: bytes) -> None:
    assert classify(read_letter(message), Known()).verdict in VERDICTS


@given(st.data())
def test_a_damaged_message_still_gives_a_verdict(data: st.DataObject) -> None:
    whole = raw(
        "--b\nContent-Type: text/html; charset=koi8-r\n\n<p>Пишите Анне: anna@x.example</p>\n--b--\n",
        Content_Type="multipart/mixed; boundary=b",
    )
    place = data.draw(st.integers(0, len(whole)))
    message = (
        whole[:place] + data.draw(st.binary(max_size=6)) + whole[place + data.draw(st.integers(0, 40)) :]
    )
    assert classify(read_letter(message), Known()).verdict in VERDICTS


@pytest.mark.parametrize(
    "layer", [b"Content-Type: message/rfc822\n\n", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"]
)
def test_nesting_and_the_number_of_parts_have_a_bound(layer: bytes) -> None:
    def depth(part: mime.RawPart) -> int:
        return 1 + max(map(depth, part.children), default=0)

    assert depth(mime.tree(layer * 5000)) <= mime.DEPTH + 2
    wide = mime.tree(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5000)
    assert len(wide.children) == mime.PARTS


class Counting(str):
    """Text that counts how much of it is searched."""

    searched = 0

    def find(self, *args: object) -> int:  # type: ignore[override]
        found = super().find(*args)  # type: ignore[arg-type]
        start = int(args[1]) if len(args) > 1 else 0  # type: ignore[call-overload]
        Counting.searched += (found if found != -1 else len(self)) - start
        return found

    def __getitem__(self, key: object) -> "Counting":
        return Counting(super().__getitem__(key))  # type: ignore[index]


@pytest.mark.parametrize("piece", ["<", "<!--", "<div>", "<a href=", "&lt;", "<!-- x -->"])
def test_html_is_searched_once_however_long_it_is(piece: str) -> None:
    def steps(times: int) -> int:
        Counting.searched = 0
        html_text(Counting(piece * times))
        return Counting.searched

    assert steps(2000) <= 2.2 * steps(1000) + 100
