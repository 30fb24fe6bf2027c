"""How media come in: received to disk, looked at in a process that may die, accepted or refused."""
