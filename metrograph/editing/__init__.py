"""What a person enters in, changed records out."""
