"""How each district is represented and involved."""
