"""What stands around the rows: bars above, the panel at the right, the window's pages."""
