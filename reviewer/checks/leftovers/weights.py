"""The weights of the states and the ways between them, in natural logarithms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each piece of evidence says; understood first, then tried on development data."""

    # Ways between the states.
    enter_source: float = -5.0  # the source language begins
    enter_third: float = -6.0  # a third language begins
    enter_name: float = -0.5  # a name begins
    leave: float = -0.95  # any of them ends
    stay: float = -0.1  # the next word is in the same state, target apart

    # The target language.
    unknown: float = -1.0  # on top of what a word outside the list is worth by its length
    stem: float = -5.0  # outside the list, on top of a shorter form that is in it ...
    stem_most: float = -17.5  # ... and no more than this
    rare: float = -2.0  # outside a small list, on top of its worth in the source, if copied ...
    rare_slope: float = -2.0  # ... and for each step by which it is no rare word there
    rare_common: float = -12.5
    alien: float = -22.0  # in a script that the target language is not written in
    international: float = -1.5  # against the median of the large languages
    unlisted: float = -12.0  # the target language has no list

    # The source language.
    copy: float = 3.0  # the word stands in the source ...
    copy_weak: float = 1.0  # ... in place of that if no large list of it has the word ...
    copy_elsewhere: float = 2.0  # ... or a third language explains it better by this much
    gate_closed: float = -11.0  # ... and is no frequent word of the target
    gate_open: float = -15.0
    copy_lowered: float = 1.0  # the source has it capitalised only, the target in lower case
    alien_source: float = -8.0  # at least, in the source's script when that is not the target's
    capital: float = -2.0  # capitalised inside a sentence, not so in the source
    capital_new: float = -3.0  # capitalised and not in the source at all

    # Names and other words without a language.
    name_lower: float = -19.0
    name_lower_alien: float = -22.0  # with a letter that the target's words have not
    name_capital: float = -15.5
    name_starting: float = -15.0  # capitalised where a sentence may begin
    name_acronym: float = -11.0
    name_copy: float = 5.0  # the source has it capitalised inside a sentence too
    name_copy_noun: float = -6.0  # ... but capitalises every noun, and it is a frequent one
    noun_known: float = -15.5  # ... less so if the target knows it this well,
    noun_new: float = -17.0  # fully if it hardly does
    name_copy_starting: float = 3.0  # begins a sentence on both sides
    name_copy_lower: float = 1.0  # the source has it in lower case
    name_alien: float = -17.0  # capitalised, in another script that is not Latin
    name_parenthesis: float = 2.0
    name_gloss: float = -9.0  # copied in another script, in parentheses: "Zhang Wei (张伟)"
    name_block: float = -6.0
    name_quoted: float = -9.0
    name_quoted_long: float = -11.0  # in a longer copied quote, not written like a title

    # Third languages.
    third_unknown: float = -16.8  # outside the list
    third_spelt: float = -14.5  # ... but it alone has all the word's letters, the target not
    third_copy: float = -6.0  # foreign in the source too: a title, a name, a quotation
    third_capital: float = -2.0  # capitalised inside a sentence
    third_particle: float = -6.0  # "von", "da" before a capitalised word
    third_short: float = -2.0  # of two letters
    script: float = -8.0  # in a script of neither language

    # Fragments.
    trim: float = 0.5  # margin over the target language of a fragment's first and last word
    threshold: float = -1.0  # score that a fragment has to exceed


WEIGHTS = Weights()
