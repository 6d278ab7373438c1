"""What answers can bear: pure calculation in plain Python, facts without words.

Nothing here loads a scientific library, so the web process may use all of it; what needs one
lives in `bot/estimates/` and runs in a process that ends. Shares are 0 to 1, levels two-sided.
"""
