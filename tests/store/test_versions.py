"""Files of earlier versions are opened by every later one.

`data/version-1001.bitext` was written by the first version; it is never written again.
"""

import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, decide, hashes, pair, segments

from reviewer import store

DATA = Path(__file__).parent / "data"
FILES = sorted(DATA.glob("version-*.bitext"))
EVENTS = "0cb53783 751c2fa8 b9925caf d16ea84c 1e3fa550 0f205223 d609364c 8bb94777"


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def old(request, tmp_path):
    return Path(shutil.copyfile(request.param, tmp_path / "old.bitext"))


def test_there_is_a_file_of_the_first_version():
    assert DATA / "version-1001.bitext" in FILES


def test_an_old_file_is_sound_and_holds_what_it_held(old):
    with closing(store.open_project(old)) as project:
        source, target = project.documents
        assert project.project_id == "d16ea84c27a00e6df8f67372166216d2"
        assert source.doc_id.hex()[:16] == "909568f22ec9a916"
        assert project.alignments[0].align_id.hex()[:16] == "6479fd20aa38c8dd"
        assert project.segments(source.doc_id) == list(segments(4, "sx"))
        assert list(project.beads(project.alignments[0].align_id)) == pair(4).beads
        assert project.original(target.doc_id) == pair(4).target.original
        assert " ".join(event.hash.hex()[:8] for event in project.events()) == EVENTS
    assert store.verify(old).status == 0


def test_an_old_file_is_written_and_merged_by_this_version(old, tmp_path):
    copy = Path(shutil.copyfile(old, tmp_path / "copy.bitext"))
    decided = decide(old, 2)
    assert store.merge(copy, [old], reviewer=ANN).new == 2
    assert {event.hash for event in decided} <= hashes(copy)
