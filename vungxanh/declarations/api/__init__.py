"""Calls about health declarations."""
