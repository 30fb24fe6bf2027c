"""The shapes that a place may want its films in, and how the editing service's agent is asked for one."""

from __future__ import annotations

SHAPES = ("9:16", "1:1", "16:9")
TALL = "9:16"

_ORDERS = {
    False: {"9:16": "Make it vertical, 9:16", "1:1": "Make it square, 1:1", "16:9": "Make it horizontal, 16:9"},
    True: {"9:16": "竖屏9:16", "1:1": "方形1:1", "16:9": "横屏16:9"},
}


def order_for(shape: str, *, chinese: bool) -> str:
    """What asks for one of `SHAPES`; nothing for anything else."""
    return _ORDERS[chinese].get(shape, "")


def shaped(request: str, shape: str, *, chinese: bool) -> str:
    """A request for a film that names no shape by itself, with one."""
    order = order_for(shape, chinese=chinese)
    stop, end = ("。", "。") if chinese else (". ", ".")
    return f"{request.strip().rstrip('.。')}{stop}{order}{end}" if order else request
