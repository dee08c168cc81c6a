"""The parts of the check for untranslated fragments, in the order in which a text meets them.

- opaque: what is no language: links, code, units, Latin phrases
- source: what the source says about a word of the target
- places: what the place of a word says: names, titles, parentheses
- flags: what is known of a word, as bits
- tokens: the words of a segment, each with what is to be known of it
- frequencies: how frequent they are in the target, the source and third languages
- spelling: letters that tell a language
- evidence: all of this in columns
- weights: how much each piece of evidence says
- emissions: how well each word fits each state: target, source, name, a third language
- suspects: segments in which that may be a foreign one, by their words alone
- paths: the most probable sequence of states (Viterbi)
- fragments: stretches of foreign states, their score and their language
- identical: segments that equal their source
- search: all of this, in batches
"""
