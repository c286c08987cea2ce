"""Bytes of phones: identifiers, what they advertise, keys they publish."""
