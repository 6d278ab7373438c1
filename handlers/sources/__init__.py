"""Data sources and outputs: the catalogue, the queue of proposals, and what is decided on them."""
