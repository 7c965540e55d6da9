"""The explorer: a plan in a browser, and its data for programs."""
