"""What the product leaves out on purpose."""

WHY = {
    "n_secondary_needed": (
        "a cell is told more coarsely before it is hidden, and what counts is that nothing can be "
        "worked out, not how few cells that takes"
    ),
    "beta_binomial_posterior": (
        "so few districts are not modelled: that would be no better than their own figures"
    ),
}
"""Why, by the function's name."""


class NotCovered(Exception):
    """The product has no such method."""
