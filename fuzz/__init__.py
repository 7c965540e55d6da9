"""Fuzzing: change real inputs at random, and report whatever metrograph must never do with them.

`python -m fuzz` changes samples of every input format that metrograph reads, and passes them to the
whole command or to the explorer. An input fails if it ends in a traceback or without a message,
takes more than 10 seconds of processor time, or needs more than 1 GB. A seed reproduces its inputs.
"""
