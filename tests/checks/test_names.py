from reviewer.checks import run
from reviewer.checks.names import CHECK
from tests.checks.pairs import context, pair


def _found(source, target, languages=("fr", "en"), **more):
    found = run([pair(source, target)], context(*languages, **more), [CHECK])
    return [finding.words[0] for finding in found]


def test_lost_name_is_told_whole():
    source = "Hier, le chanteur Steven Tyler est tombé de la scène."
    assert _found(source, "Yesterday the singer fell off the stage.") == ["Steven Tyler"]


def test_part_of_a_name_is_enough():
    source = "Hier, le chanteur Steven Tyler est tombé de la scène."
    assert not _found(source, "Yesterday Tyler fell off the stage.")


def test_other_spelling_is_the_same_name():
    assert not _found("Il a rencontré Gorbatchev.", "He met Gorbachev.")
    assert not _found("Он встретил Горбачёва.", "He met Gorbachev.", ("ru", "en"))


def test_translated_place_is_no_lost_name():
    assert not _found("Il vient d'Allemagne.", "He comes from Germany.")


def test_accepted_word_is_left_alone():
    source, target = "Il travaille chez Guildford.", "He works there."
    assert _found(source, target) == ["Guildford"]
    assert not _found(source, target, accepted=frozenset({"guildford"}))


def test_without_word_list_nothing_is_told():
    assert not _found("Il travaille chez Guildford.", "He works there.", ("xx", "en"))
