"""What the room of control points takes and answers."""
