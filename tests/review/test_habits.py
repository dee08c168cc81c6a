"""What a whole document does is told as less sure."""

import pytest

from reviewer.checks import CHECKS, run
from reviewer.review.habits import without_habits
from tests.checks.pairs import context, pair


def _sureness(texts, languages, check):
    pairs = [pair(*both, number) for number, both in enumerate(texts)]
    around = context(*languages)
    found = without_habits(run(pairs, around, CHECKS), pairs, around)
    return [finding.confidence for finding in found if finding.check == check]


KEPT = [("The rsync copies %d files.", "Программа rsync копирует %d файлов.")] * 3
TRANSLATED = [("The rsync is here.", "Программа здесь.")] * 3


@pytest.mark.parametrize(
    ("texts", "is_sure"),
    [
        (KEPT, False),  # a command that is kept wherever it stands
        (KEPT[:2], True),  # too seldom to tell
        (KEPT + TRANSLATED, True),  # translated elsewhere
        ([(s.replace("rsync", "budget"), t.replace("rsync", "budget")) for s, t in KEPT], True),
    ],
    ids=["kept", "seldom", "translated elsewhere", "common word"],
)
def test_words_kept_throughout_are_less_sure(texts, is_sure):
    found = _sureness(texts, ("en", "ru"), "untranslated")
    assert found
    assert all((confidence > 0.6) is is_sure for confidence in found), found


def test_names_translated_throughout_are_less_sure():
    texts = [("Il travaille chez Guildford.", "He works there.")] * 3
    assert set(_sureness(texts, ("fr", "en"), "names")) == {0.6}
    assert set(_sureness(texts[:2], ("fr", "en"), "names")) == {0.7}
