"""How a phone is recognised."""
