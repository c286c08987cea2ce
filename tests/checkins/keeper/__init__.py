"""The keeper's calls: what doors seal, who may go in, who is inside."""
