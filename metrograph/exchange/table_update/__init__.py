"""Updates a plan that was made from a table by the next file of the same table."""
