"""Real inputs in, changed a little by chance; whatever metrograph must never do with them, out.

`python -m fuzz` changes samples of every form of input that metrograph reads, and gives them to the
whole command or to the explorer. An input fails if it ends in a traceback or in silence, takes more
than 10 seconds of processor time, or needs more than 1 GB. A seed gives the same inputs again.
"""
