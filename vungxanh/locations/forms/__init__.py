"""Forms of organisations and of the lists that bring them in."""
