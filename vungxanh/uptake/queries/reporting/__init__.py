"""Reads of reporting: forms, reporters, reports and day tables."""
