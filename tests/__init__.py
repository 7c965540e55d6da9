"""The tests: `make test` runs them on the checkout and on the installed wheel."""
