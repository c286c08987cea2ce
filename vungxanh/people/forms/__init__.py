"""What people type about persons."""
