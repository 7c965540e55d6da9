"""The plan as a network: built, filtered, laid out and drawn."""
