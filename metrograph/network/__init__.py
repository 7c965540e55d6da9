"""The plan as a network: built, narrowed, laid out and drawn."""
