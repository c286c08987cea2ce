"""Forms of points and of premises."""
