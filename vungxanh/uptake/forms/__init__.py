"""What people type: figures and their sources, reports."""
