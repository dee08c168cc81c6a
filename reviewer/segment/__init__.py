"""Units to sentences: one engine, one data file of abbreviations per language."""

from reviewer.segment.engine import sentences
from reviewer.segment.units import segment_units

__all__ = ["segment_units", "sentences"]
