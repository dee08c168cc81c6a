"""Files to units and back, one file per format."""
