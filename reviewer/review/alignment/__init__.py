"""The two columns and what stands beside what: places, beads, and what people changed of them."""
