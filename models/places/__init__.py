"""Districts, neighbourhoods and police areas, and what became of them."""
