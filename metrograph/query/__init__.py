"""Questions in SPARQL: the library, its parameters and its answers."""
