"""What pages show, composed of what the queries answer."""
