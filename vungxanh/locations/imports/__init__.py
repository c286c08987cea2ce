"""Tables of organisations brought in: columns recognised, rows planned, taken in whole."""
