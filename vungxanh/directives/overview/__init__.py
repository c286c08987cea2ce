"""Pages of letters composed from what queries answer."""
