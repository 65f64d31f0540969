"""Files are told by their content."""

import io
import zipfile

import pytest

from konveyer.domain.notes.rules.kinds import HEAD, kind_of, safe_name


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()[:HEAD]


OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.shows("F26", "I2.base")
@pytest.mark.parametrize(
    ("head", "content_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"\xff\xd8\xff\xe0\0", "image/jpeg"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x20ftypM4A \0", "audio/mp4"),
        (b"\0\0\0\x20ftypisom\0", "video/mp4"),
        (b"ID3\x04\0", "audio/mpeg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "application/x-ole-storage"),
        (zipped("[Content_Types].xml", "word/document.xml"), OFFICE + "wordprocessingml.document"),
        (zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), OFFICE + "spreadsheetml.sheet"),
        (zipped("contract.pdf", "xl/list.txt"), "application/zip"),
        ("Договор № 5, ₽".encode(), "text/plain"),
        ("Договор № 5".encode("cp1251"), "text/plain"),
        ("Договор".encode("utf-16"), "text/plain"),
        (("ё" * HEAD).encode()[: HEAD - 1], "text/plain"),  # cut in the middle of a letter
        (b"name;phone\r\nRoman;+79123456789\r\n", "text/plain"),
    ],
)
def test_what_is_taken_in(head: bytes, content_type: str) -> None:
    kind = kind_of(head)
    assert kind is not None
    assert kind.content_type == content_type


@pytest.mark.shows("F26", "I2.base")
@pytest.mark.parametrize(
    "head",
    [
        b"", b"MZ\x90\0\x03", b"\x7fELF\x02\x01", b"\xca\xfe\xba\xbe\0\0", b"#!/bin/sh\nrm -rf /", b"<!doctype html><script>",
        b"  \n<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>", "\ufeff<html>".encode(), "\ufeff<html>".encode("utf-16"),
        b"<?xml version='1.0'?>", b"@echo off\r\ndel *", b"text with \0 in it", b"\x1f\x8b\x08\0", b"RIFF\0\0\0\0AVI ",
    ],
)  # fmt: skip
def test_what_is_not(head: bytes) -> None:
    assert kind_of(head) is None


@pytest.mark.shows("F26", "I2.base")
@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Договор № 5.pdf", "Договор № 5.pdf"),
        ("Договор.PDF", "Договор.PDF"),
        ("run.exe", "run.exe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("a\0b\r\nSet-Cookie: x.pdf", "abSet-Cookie x.pdf"),
        ('q"<>|?*.pdf', "q.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("x" * 500, "x" * 200 + ".pdf"),
    ],
)
def test_names_fit_their_content_and_harm_nobody(name: str, safe: str) -> None:
    kind = kind_of(b"%PDF-1.7")
    assert kind is not None
    assert safe_name(name, kind) == safe
