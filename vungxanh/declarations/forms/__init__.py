"""What pages of the room take in."""
