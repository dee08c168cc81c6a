"""From texts to findings: the stages, what is shown of what they find, and the rules of people."""
