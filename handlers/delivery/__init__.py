"""How sending stands, and messages that may not have arrived."""
