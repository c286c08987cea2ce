"""Who owes what by when, and did it come."""
