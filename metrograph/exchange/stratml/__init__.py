"""Plans in StratML, Part 1 and 2: read and written."""
