"""The rules by subject; `vungxanh.engines.checks.core.RULES` lists them in their order."""
