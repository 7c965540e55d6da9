"""A plan in, pages and documents about it out."""
