"""Where units come from: the files in `vendored`."""
