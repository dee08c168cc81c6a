"""The parts of the check of spelling, in the order in which a text meets them.

- forms: what is looked up: words as the language writes them, and the parts of those
- doubts: what speaks for a word that no dictionary knows: the source, frequency, its parts
- neighbours: known words of which an unknown one may be a slip
"""
