import pytest

from reviewer.checks import run
from reviewer.checks.addition import CHECK as ADDITION
from reviewer.checks.omission import CHECK as OMISSION
from reviewer.model import Side
from tests.checks.pairs import context, pair

SOURCE = (
    "The council of Vellmar voted 20 million euros for the harbour, and the dredging of the old "
    "basin, which has silted up since 1998, is to begin before the winter storms."
)
TARGET = (
    "Le conseil de Vellmar a voté 20 millions d'euros pour le port, et le dragage du vieux "
    "bassin, qui s'est envasé depuis 1998, commencera avant les tempêtes d'hiver."
)


def _found(check, source, target, **more):
    return run([pair(source, target)], context("en", "fr", **more), [check])


def test_source_without_target_is_an_omission():
    (finding,) = _found(OMISSION, "The bridge is closed.", ())
    assert finding.variant == "whole"
    assert finding.spans[0].side is Side.SOURCE


def test_target_without_source_is_an_addition():
    (finding,) = _found(ADDITION, (), "Le pont est fermé.")
    assert finding.variant == "whole"
    assert finding.spans[0].side is Side.TARGET


def test_asterisks_alone_are_no_omission():
    assert not _found(OMISSION, "* * *", ())
    assert not _found(ADDITION, (), "12")


def test_complete_translation_gives_nothing():
    assert not _found(OMISSION, SOURCE, TARGET)
    assert not _found(ADDITION, SOURCE, TARGET)


def test_half_a_translation_is_told_with_what_it_lacks():
    (finding,) = _found(OMISSION, SOURCE, TARGET[:62] + ".")
    source = next(span for span in finding.spans if span.side is Side.SOURCE)
    assert "dredging" in SOURCE[source.start : source.end]
    assert source.end == len(SOURCE)


def test_sentence_that_breaks_off_needs_little_shortness():
    cut = "Le conseil de Vellmar a voté 20 millions d'euros pour le port, et le dragage du."
    assert _found(OMISSION, SOURCE, cut)


@pytest.mark.parametrize(("ending", "sure"), [(" du.", True), (" .du.", False), (" dur.", False)])
def test_only_a_word_by_itself_breaks_off(ending, sure):
    source = (
        "The council of the town voted a budget for the harbour, and the dredging of the old "
        "basin is to begin before the winter."
    )
    target = "Le conseil de la ville a voté un budget pour le port, et le dragage"
    (finding,) = _found(OMISSION, source, target + ending)
    assert (finding.confidence > 0.9) is sure


def test_appended_sentence_is_an_addition_on_that_sentence():
    extra = "La fanfare de Trondheim a joué trois marches devant 400 spectateurs en 2019."
    short = "The council of Vellmar voted 20 million euros for the harbour."
    target = "Le conseil de Vellmar a voté 20 millions d'euros pour le port. " + extra
    (finding,) = _found(ADDITION, short, target)
    assert target[finding.spans[0].start :] == extra


def test_sentences_of_several_segments_are_no_addition():
    pieces = ("Le conseil de Vellmar a voté 20 millions.", "Le port en profite.")
    source = "The council of Vellmar voted 20 million, to the profit of the harbour."
    assert not _found(ADDITION, source, pieces)


def test_the_documents_own_ratio_moves_the_expectation():
    terse = "Le conseil de Vellmar a voté 20 millions pour le port et le bassin de 1998."
    assert _found(OMISSION, SOURCE, terse)
    assert not _found(OMISSION, SOURCE, terse, length_ratio=0.6)


def test_doubtful_bead_makes_the_finding_doubtful():
    unsure = pair(SOURCE, "Le conseil a voté.", confidence=0.2)
    (finding,) = run([unsure], context("en", "fr"), [OMISSION])
    assert finding.doubtful


def _sureness(check, source, target):
    return [finding.confidence for finding in _found(check, source, target)]


def test_what_stands_in_brackets_may_be_left_out_or_added():
    long, short = "We saw the old harbour of the town", "Nous avons vu le vieux port de la ville"
    gloss = " (which is to say the one that was built by the fishermen of the village long ago)"
    assert max(_sureness(OMISSION, f"{long}{gloss}.", f"{short}."), default=0) < 0.6
    bare = _sureness(OMISSION, f"{long}{gloss.replace('(', ', ').replace(')', '')}.", f"{short}.")
    assert min(bare) > 0.6


def test_labels_are_shortened_more_freely_than_sentences():
    label = "The harbour will be dredged before the winter, and the quay is to be raised by far"
    short = "Le port sera dragué, le quai rehaussé"
    (sentence,) = _sureness(OMISSION, f"{label}.", f"{short}.")
    (heading,) = _sureness(OMISSION, label, short)
    assert heading < sentence
