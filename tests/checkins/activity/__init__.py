"""How points are used: counted by day, and what of it is worth a look."""
