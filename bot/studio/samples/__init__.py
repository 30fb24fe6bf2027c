"""Sample photos for a first try: a weekend trip, painted by rules, the same pictures for the same seed."""

from bot.studio.samples.album import make_samples, samples

__all__ = ["make_samples", "samples"]
