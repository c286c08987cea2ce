"""Pages of received letters."""
