"""Device intake of scans."""
