"""The Slack edge: requests in, Block Kit out, and the app that joins them."""
