"""Making, answering and looking after surveys."""
