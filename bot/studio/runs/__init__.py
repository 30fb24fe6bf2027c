"""Runs of the agent: what happens in one, what it looks like on the wire, who listens."""
