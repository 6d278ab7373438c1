"""The demo: Stockholm as data, and what makes it a place to try the bot in."""
