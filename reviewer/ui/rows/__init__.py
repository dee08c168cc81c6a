"""The side-by-side view: the rows of a document pair, read, selected and edited in place."""
