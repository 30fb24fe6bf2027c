"""stub"""


def plan_slots(count, total_ms, mood):
    base = [total_ms * i // count for i in range(count + 1)]
    return [b - a for a, b in zip(base, base[1:])]
