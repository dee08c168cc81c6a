"""Documents into a project and out of it: imports, exports, and tables for others to edit."""
