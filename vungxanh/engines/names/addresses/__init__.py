"""Whole addresses, over a tree or over both eras."""
