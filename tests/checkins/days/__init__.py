"""Visits by day: files, manifest, delta."""
