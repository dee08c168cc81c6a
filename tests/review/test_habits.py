"""What a whole document does is told as less sure."""

import pytest

from reviewer.checks import CHECKS, run
from reviewer.review.checking.habits import without_habits
from tests.checks.pairs import context, pair


def _sureness(texts, languages, check):
    pairs = [pair(*both, number) for number, both in enumerate(texts)]
    around = context(*languages)
    found = without_habits(run(pairs, around, CHECKS), pairs, around)
    return [finding.confidence for finding in found if finding.check == check]


KEPT = [("The rsync copies %d files.", "Программа rsync копирует %d файлов.")] * 3
TRANSLATED = [("The rsync is here.", "Программа здесь.")] * 3


KEPT = [("The rsync copies %d files.", "Программа rsync копирует %d файлов.")] * 3
TRANSLATED = [("The rsync is here.", "Программа здесь.")] * 3
BUDGET = [(s.replace("rsync", "budget"), t.replace("rsync", "budget")) for s, t in KEPT]
OTHERS = [(f"It rained in week {n}.", f"На неделе {n} шёл дождь.") for n in range(20)]


def _disks(names):
    return [(f"The {n} fails.", f"Тогда диск {n} уже не работает.") for n in names]


@pytest.mark.parametrize(
    ("texts", "sure"),
    [
        (KEPT, [False] * 3),
        (KEPT[:2], [True] * 2),
        (KEPT + TRANSLATED, [True] * 3),
        (BUDGET, [True, False, False]),
        ([("Run the wget there.", "Сейчас выполните wget тут."), *OTHERS], [False]),
        ([("Save the budget now.", "Сейчас сохраните budget тут."), *OTHERS], [True]),
        (
            [("The gateway is in /etc/gateway.", "Этот gateway лежит в /etc/gateway."), *OTHERS],
            [False],
        ),
        (
            [("It needs dpkg, budget and table.", "Ему нужны dpkg, budget и table."), *OTHERS],
            [False],
        ),
        ([("Ask the dpkg budget for it.", "Спросите об этом dpkg budget там."), *OTHERS], [False]),
        (_disks(["budget", "pear", "window", "house", "tree"]), [False] * 5),
    ],
    ids=[
        "a command kept wherever it stands",
        "too seldom to tell",
        "translated elsewhere",
        "a common word kept throughout is told once",
        "a word that no list has",
        "a common word",
        "part of a path",
        "listed with a command",
        "a command of two words",
        "behind a word that says what it names",
    ],
)
def test_words_kept_on_purpose_are_less_sure(texts, sure):
    found = _sureness(texts, ("en", "ru"), "untranslated")
    assert [confidence > 0.6 for confidence in found] == sure, found


@pytest.mark.parametrize(("commands", "sure"), [(4, False), (3, True)], ids=["most", "few"])
def test_where_most_words_that_were_left_are_commands_one_more_is(commands, sure):
    names = ["wget", "cron", "postfix", "rsync"]
    texts = [(f"Then {n} fails.", f"Тогда вот {n} перестал.") for n in names[:commands] * 3]
    texts.append(("Save the budget now.", "Сейчас сохраните budget тут."))
    found = _sureness([*texts, *OTHERS], ("en", "ru"), "untranslated")
    assert (found[-1] > 0.6) is sure, found


LOST = ("Il travaille chez Guildford.", "She works there.")
NAMED = ("On aime Guildford le soir.", "They love Guildford in the evening.")


@pytest.mark.parametrize(
    ("texts", "sure"),
    [
        ([LOST], [0.7]),
        ([LOST] * 2, [0.6, 0.6]),
        ([LOST, NAMED], [0.9]),
        ([LOST, ("On aime Guildford.", "They love it, dear Guildfordians.")], [0.9]),
        ([LOST, *[("Il pleut.", "It rains.")] * 20], [0.6]),
    ],
    ids=["alone", "lost throughout", "kept elsewhere", "inflected elsewhere", "once in a text"],
)
def test_names_are_lost_where_other_pairs_keep_them(texts, sure):
    assert _sureness(texts, ("fr", "en"), "names") == sure


@pytest.mark.parametrize(
    ("texts", "sure"),
    [
        ([("He saw 480 birds.", "Il a vu des oiseaux."), ("Fine.", "Soit, 480.")], [0.6, 0.6]),
        ([("He saw 480 birds.", "Il a vu des oiseaux."), ("Fine.", "Soit.")], [0.8]),
        ([("He saw 480 birds.", "Il a vu des oiseaux."), ("Fine.", "Soit, 481.")], [0.8, 0.8]),
    ],
    ids=["moved", "lost", "another number"],
)
def test_numbers_moved_to_the_next_pair_are_less_sure(texts, sure):
    assert _sureness(texts, ("en", "fr"), "numbers") == sure


def test_a_stray_foreign_word_is_less_sure_in_a_document():
    texts = [("It is a large number.", "C'est un zahlreich nombre.")]
    assert _sureness(texts, ("en", "fr"), "untranslated")[0] > 0.7
    around = [("Fine.", "Bien.")] * 20
    assert _sureness(texts + around, ("en", "fr"), "untranslated") == [0.6]


def test_spaces_of_a_text_that_a_program_split_are_told_once():
    split = [("He came , he saw .", "Il vint , il vit .")] * 8
    texts = [("He came, he saw.", "Il vint , il vit.")] * 3 + split
    found = _sureness(texts, ("en", "fr"), "spacing")
    assert [confidence > 0.65 for confidence in found] == [True, False, False]


@pytest.mark.parametrize(
    ("before", "sure"), [("Il vint.", True), ("Il vint", False), ("Il dit : « oui »", False)]
)
def test_small_letters_behind_an_open_sentence_go_on_with_it(before, sure):
    texts = [("He came.", before), ("Then he left.", "puis il partit.")]
    assert [c > 0.7 for c in _sureness(texts, ("en", "fr"), "capitals")] == [sure]


def test_french_spaces_are_not_asked_of_what_is_no_french():
    english = "This is the whole text that nobody has ever translated: it is still here."
    texts = [("Das ist der alte Text: er ist hier.", english), ("Er sagt: ja.", "Il dit: oui.")]
    assert [c > 0.65 for c in _sureness(texts, ("de", "fr"), "punctuation-spaces")] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("source", "sure"), [("Opening hours", True), ("Good!", False), ("He turned round .", False)]
)
def test_replies_are_given_in_many_ways(source, sure):
    texts = [(source, "Bonjour"), (source, "Bonjour"), (source, "Bonsoir")]
    assert [c > 0.65 for c in _sureness(texts, ("en", "fr"), "same-source")] == [sure]


@pytest.mark.parametrize(
    ("wrong", "right", "shown"),
    [(5, 15, 1), (4, 16, 4), (5, 60, 5)],
    ids=["throughout", "too few", "a small share"],
)
def test_a_convention_of_form_is_told_once(wrong, right, shown):
    texts = [("He came, I left.", "他来了,我走了。")] * wrong
    texts += [("He came, I left.", "他来了，我走了。")] * right
    found = _sureness(texts, ("en", "zh"), "punctuation-form")
    assert (len(found), sum(confidence > 0.6 for confidence in found)) == (wrong, shown)
