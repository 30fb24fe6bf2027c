"""Durable turns: order, resumption and ownership, behind the engine's `Durable` port."""
