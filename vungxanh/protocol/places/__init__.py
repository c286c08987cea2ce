"""QR codes and lists of control points."""
