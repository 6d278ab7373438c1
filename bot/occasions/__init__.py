"""What falls due and what is done then: one module for each kind of occasion."""
