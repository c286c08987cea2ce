"""Files made of points and of premises."""
