"""Any table of a plan in, a plan out."""
