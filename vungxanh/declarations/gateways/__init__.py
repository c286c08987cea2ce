"""What the room reads from and writes to beside its own models."""
