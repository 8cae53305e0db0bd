"""ZIP containers and XML from anywhere: bounds on size, number, depth; no entity, no way out."""

from __future__ import annotations

import io
import zipfile

import pytest

from desktop.errors import InputError
from desktop.reading.archive import Archive
from desktop.reading.limits import Limits
from desktop.reading.xml_tree import parse_html, parse_xml

LIMITS = Limits()


def packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_members_are_read_and_found_from_one_another() -> None:
    archive = Archive(packed({"OPS/text/one.xhtml": b"1", "OPS/pictures/a b.png": b"2"}), LIMITS)
    assert archive.read("OPS/text/one.xhtml") == b"1"
    assert archive.find("OPS/text/one.xhtml", "../pictures/a%20b.png#x") == "OPS/pictures/a b.png"
    for stray in ("../../../etc/passwd", "/etc/passwd", "https://example.org/a.png", "", "#x"):
        assert archive.find("OPS/text/one.xhtml", stray) is None


def test_a_bomb_is_refused() -> None:
    with pytest.raises(InputError, match="larger"):
        Archive(packed({"a": bytes(70 << 20)}), LIMITS).read("a")
    archive = Archive(packed({name: bytes(3 << 20) for name in "abc"}), Limits(unpacked=8 << 20))
    archive.read("a")
    archive.read("b")
    with pytest.raises(InputError, match="larger"):
        archive.read("c")


def test_a_lie_about_the_size_is_noticed() -> None:
    data = packed({"a": bytes(9 << 20)})
    lying = data.replace((9 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(InputError):
        Archive(lying, Limits(member=1 << 20)).read("a")


def test_too_many_members_and_damage() -> None:
    with pytest.raises(InputError, match="more than 5 files"):
        Archive(packed({str(n): b"" for n in range(6)}), Limits(members=5))
    with pytest.raises(InputError, match="far too many"):
        Archive(packed({"x" * 300 + str(n): b"" for n in range(60)}), Limits(members=5))
    with pytest.raises(InputError, match="damaged"):
        Archive(packed({"a": b"1"})[:-10], LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"),
    ],
)
def test_entities_of_a_file_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="entities"):
        parse_xml(data, LIMITS)


def test_deep_nests_and_endless_attributes_are_refused() -> None:
    with pytest.raises(InputError):
        parse_xml(b"<a>" * 5000 + b"x" + b"</a>" * 5000, LIMITS)
    with pytest.raises(InputError, match="attributes"):
        parse_xml(b"<a " + b" ".join(b'b%d="c"' % n for n in range(20_000)) + b"/>", LIMITS)
    with pytest.raises(InputError, match="attributes"):
        parse_html("<p " + " ".join(f"b{n}=c" for n in range(20_000)) + ">x</p>", LIMITS)


def test_text_deep_inside_a_page_is_kept() -> None:
    root = parse_html("<div>" * 3000 + "deep down" + "</div>" * 3000, LIMITS)
    assert "deep down" in "".join(root.itertext())


def test_damaged_xml_keeps_what_can_be_understood() -> None:
    root = parse_xml(b"<a><b>one</b><b>two</a>", LIMITS)
    assert "".join(root.itertext()) == "onetwo"


def test_characters_that_only_html_knows_by_name() -> None:
    root = parse_xml(b"<a>salt&nbsp;&mdash;&amp;road&unknown;<!-- not --> on</a>", LIMITS)
    assert "".join(root.itertext()).startswith("salt\N{NO-BREAK SPACE}—&road")
    assert "not" not in "".join(root.itertext())
