"""Tests of registering points and of their codes."""
