"""Documents that a plan cites: read into text editions, kept, and shown where they are cited."""
