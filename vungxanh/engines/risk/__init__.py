"""How risky it was to be near the cases that a phone heard, and how far that can be wrong."""
