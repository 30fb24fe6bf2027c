"""`highlight-bot doctor`: every part looked at once, a line each, and for every fault the one thing that mends it."""
