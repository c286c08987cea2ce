"""What people type: a letter at the door, corrections of its items."""
