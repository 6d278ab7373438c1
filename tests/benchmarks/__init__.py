"""What a request costs the processor, beside the same request to a bare Bolt app."""
