"""Attacks on every URL of the table, and planted holes that they must find."""
