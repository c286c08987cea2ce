"""The room of health declarations."""
