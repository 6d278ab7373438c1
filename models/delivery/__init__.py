"""What comes in, falls due and goes out, how far it has come, and why something has not arrived."""
