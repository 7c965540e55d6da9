"""What people write in, values out."""
