"""Where units and map shapes come from: the files in `vendored`."""
