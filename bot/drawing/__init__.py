"""Pictures of the neutral drawings, made in a process of their own that ends with its picture."""
