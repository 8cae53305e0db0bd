"""Any word in the reader's dictionaries, whatever its form."""

from pathlib import Path

import pytest

from tests.library.factory import open_workspace


@pytest.fixture
def workspace(tmp_path: Path):
    workspace = open_workspace(tmp_path)
    yield workspace
    workspace.close()


def test_an_inflected_word_is_found_under_its_form(workspace):
    found = workspace.look_up("“counterfeited,", "en")
    assert found.words == "counterfeited"
    assert found.lemmas == ("counterfeit",)
    assert found.senses[0].pos == "VERB"
    assert all(sense.reference for sense in found.senses)


def test_the_senses_of_its_own_part_of_speech_come_first(workspace):
    assert workspace.look_up("went", "en").senses[0].pos == "VERB"
    assert set(workspace.look_up("saw", "en").lemmas) == {"saw", "see"}


def test_each_sense_is_told_once(workspace):
    senses = workspace.look_up("running", "en").senses
    assert len({(s.lemma, s.gloss) for s in senses}) == len(senses)


def test_what_no_source_has_and_other_languages_give_nothing(workspace):
    assert workspace.look_up("qwrtzp", "en").senses == ()
    assert workspace.look_up("  ", "en").senses == ()
    assert workspace.look_up("running", "de").senses == ()
