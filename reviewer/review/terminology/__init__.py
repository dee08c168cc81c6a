"""The termbases of a project, and what a person decides about terms."""
