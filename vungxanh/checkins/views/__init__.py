"""Pages of control points."""
