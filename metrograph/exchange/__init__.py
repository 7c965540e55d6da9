"""Data in and out: spreadsheets, other organisations' plans, StratML and IATI."""
