"""Writes of the room: letters, their items, readings kept as examples."""
