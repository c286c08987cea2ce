"""Spreadsheets of points and of premises: columns recognised, rows read, taken in."""
