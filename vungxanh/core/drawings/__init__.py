"""Geometry of the drawings that the server makes; plain functions, no Django."""
