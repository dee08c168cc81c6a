"""Pairs to findings, one file per check."""
