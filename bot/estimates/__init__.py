"""What needs scipy: it runs in a process that ends, so that those who answer members stay small."""
