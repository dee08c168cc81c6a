"""Source terms and the target wordings they received."""
