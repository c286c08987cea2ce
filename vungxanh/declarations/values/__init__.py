"""Words and values of health declarations."""
