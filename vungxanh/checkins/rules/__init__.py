"""Pure rules of control points."""
