"""Reports on a plan: pages and documents."""
