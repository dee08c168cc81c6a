"""Units to sentences: one engine, one data file of abbreviations per language."""
