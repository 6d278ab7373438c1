"""Cases from elsewhere that the statistics are held to: `python -m tests.referee FILE`."""
