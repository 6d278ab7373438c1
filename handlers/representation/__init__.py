"""Who speaks for whom: look-ups, holes, and the changes that seats go through."""
