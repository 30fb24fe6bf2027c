"""Films out of recordings: what is shown as it was recorded is copied, and only the rest is encoded."""
