"""Pages for those who look after the installation: states and costs, never addresses or texts."""
