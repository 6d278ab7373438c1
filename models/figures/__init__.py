"""What may be said of an indicator's figures: how sure one is, and whether two differ."""
