"""What the product leaves out on purpose."""


class NotCovered(Exception):
    """The product has no such method."""
