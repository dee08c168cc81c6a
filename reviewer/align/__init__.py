"""Source segments and target segments to beads with confidence."""
