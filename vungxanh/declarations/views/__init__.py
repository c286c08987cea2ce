"""Pages of health declarations."""
