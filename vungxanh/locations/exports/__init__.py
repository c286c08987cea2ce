"""Lists of organisations as files."""
