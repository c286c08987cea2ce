"""Pages of the register of organisations and health facilities."""
