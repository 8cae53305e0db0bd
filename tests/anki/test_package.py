"""Packages of the real Anki are read whole: old and new form, deck and collection."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from desktop.anki.container import PackageLimits
from desktop.anki.package import AnkiPackage
from desktop.decks.collection import Collection, MediaFile
from desktop.errors import Cancelled, InputError
from tests.anki import collections, damaged


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("packages")
    with collections.opened(folder / "anki") as anki:
        collections.fill(anki)
        collections.study(anki, 90)
        found = {}
        for legacy, age in ((True, "old"), (False, "new")):
            for ending in ("apkg", "colpkg"):
                path = folder / f"{age}.{ending}"
                found[path.name] = collections.export(anki, path, legacy=legacy)
        filtered = anki.decks.new_filtered("Cram")
        deck = anki.decks.get(filtered)
        deck |= {"terms": [["tag:stone", 20, 6]], "resched": False, "previewGoodSecs": 3}
        anki.decks.save(deck)
        anki.sched.rebuild_filtered_deck(filtered)
        for legacy, age in ((True, "old"), (False, "new")):
            path = folder / f"{age}-filtered.colpkg"
            found[path.name] = collections.export(anki, path, legacy=legacy)
    return found


def read(path: Path) -> Collection:
    with AnkiPackage(path) as package:
        return package.collection()


def without_media_sums(collection: Collection) -> Collection:
    media = tuple(MediaFile(one.name, "", one.size, "") for one in collection.media)
    return dataclasses.replace(collection, media=media)


@pytest.mark.parametrize("name", ["{}.apkg", "{}.colpkg", "{}-filtered.colpkg"])
def test_old_and_new_form_of_one_collection_are_equal(packages: dict[str, Path], name: str) -> None:
    old, new = (read(packages[name.format(age)]) for age in ("old", "new"))
    for collection in (old, new):
        for one in (*collection.note_types, *collection.decks, *collection.presets):
            one.config["usn"] = 0
    assert without_media_sums(old) == without_media_sums(new)


def test_everything_is_there(packages: dict[str, Path]) -> None:
    found = read(packages["new.apkg"])
    assert len(found.notes) == 60
    assert len(found.cards) == 100
    assert len(found.reviews) >= 90
    assert found.left_out == ()
    assert {*collections.DECKS} <= {deck.name for deck in found.decks}
    assert {preset.name for preset in found.presets} == {"Default", "Slow"}
    assert {card.flag for card in found.cards} == {0, 3, 7}
    assert {-1, 0, 2} <= {card.queue for card in found.cards}
    assert any('"s":' in card.data for card in found.cards)
    cloze = next(one for one in found.note_types if one.name == "Cloze")
    assert cloze.is_cloze
    assert cloze.fields == ("Text", "Back Extra")
    assert ("lesson::1", "stone") in {note.tags for note in found.notes}


@pytest.mark.parametrize("name", ["old.apkg", "new.apkg"])
def test_media_come_with_their_bytes(packages: dict[str, Path], name: str) -> None:
    with AnkiPackage(packages[name]) as package:
        files = package.collection().media
        media = dict(package.media(files))
    assert {n: len(data) for n, data in media.items()} == {
        collections.PICTURE: 500, collections.SOUND: 700,
    }  # fmt: skip
    for file in files:
        assert file.sha1 in ("", hashlib.sha1(media[file.name]).hexdigest())


def test_progress_is_told_and_may_stop_it(packages: dict[str, Path]) -> None:
    heard: list[tuple[int, int]] = []
    with AnkiPackage(packages["new.apkg"], report=lambda *step: heard.append(step)) as package:
        package.collection()
    assert heard[-1][0] == heard[-1][1] > 200

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with AnkiPackage(packages["new.apkg"], report=stop) as package, pytest.raises(Cancelled):
        package.collection()


def test_what_is_no_package_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "deck.apkg"
    for data in (b"", b"PK", b"hello" * 1000):
        path.write_bytes(data)
        with pytest.raises(InputError, match=r"deck\.apkg can't be taken in.*: it is damaged\.$"):
            read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "b")
    with pytest.raises(InputError, match="it holds no cards"):
        read(path)
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "none.apkg")
    with pytest.raises(InputError, match="no ordinary file"):
        read(tmp_path)


def test_a_view_in_place_of_a_table_is_refused(packages: dict[str, Path], tmp_path: Path) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE notes RENAME TO other")
        connection.execute("CREATE VIEW notes AS SELECT * FROM other")

    with pytest.raises(InputError, match="damaged"):
        read(_changed(packages["old.apkg"], tmp_path, spoil))


def test_what_refers_to_nothing_is_left_out_and_told(
    packages: dict[str, Path], tmp_path: Path
) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        first, second = (row[0] for row in connection.execute("SELECT id FROM notes LIMIT 2"))
        connection.execute("UPDATE notes SET mid = 1 WHERE id = ?", (first,))
        connection.execute("UPDATE cards SET nid = 1 WHERE nid = ?", (second,))

    found = read(_changed(packages["old.apkg"], tmp_path, spoil))
    assert len(found.notes) == 58
    assert "2 notes without a card or a note type" in found.left_out
    assert any("cards without a note" in sentence for sentence in found.left_out)


def test_fractions_and_bytes_of_old_collections_are_taken(
    packages: dict[str, Path], tmp_path: Path
) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE cards SET ivl = 3.7, factor = '2500'")
        connection.execute("UPDATE notes SET tags = CAST(' a \xff' AS BLOB)")

    found = read(_changed(packages["old.apkg"], tmp_path, spoil))
    assert {(card.interval, card.factor) for card in found.cards} == {(3, 2500)}


def test_what_is_too_large_is_refused(packages: dict[str, Path], tmp_path: Path) -> None:
    for limits, reason in (
        (PackageLimits(collection=1000), "a collection that is too large"),
        (PackageLimits(file=100), "it is too large"),
        (PackageLimits(members=1), "more files"),
    ):
        with (
            AnkiPackage(packages["new.apkg"], limits=limits) as package,
            pytest.raises(InputError, match=reason),
        ):
            package.collection()
    with AnkiPackage(packages["new.apkg"], limits=PackageLimits(medium=50)) as package:
        files = package.collection().media
        with pytest.raises(InputError, match="a file that is too large"):
            list(package.media(files))


def test_names_that_lead_elsewhere_are_left_out(packages: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "changed.apkg"
    with zipfile.ZipFile(packages["old.apkg"]) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "media":
                body = json.dumps({"0": "../../x.png", "1": "fine.png", "7": "absent.png"}).encode()
            new.writestr(name, body)
    found = read(path)
    assert [file.name for file in found.media] == ["fine.png"]
    assert found.left_out == ("2 media files that are missing or have no usable name",)


def _changed(source: Path, folder: Path, change: object) -> Path:
    """Return a copy of an old package with its collection changed."""
    path = folder / "changed.apkg"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "collection.anki21":
                connection = sqlite3.connect(":memory:")
                plain = bytearray(body)
                plain[18] = plain[19] = 1
                connection.deserialize(plain)
                change(connection)  # type: ignore[operator]
                connection.commit()
                body = connection.serialize()
            new.writestr(name, body)
    return path


def test_damaged_packages_are_taken_in_or_refused_in_a_sentence(tmp_path: Path) -> None:
    outcomes, faults = damaged.trial(30, 7, tmp_path)
    assert faults == 0
    assert all(one in ("taken in", "holds nothing") or one.endswith(".") for one in outcomes)
    assert len(outcomes) > 1
