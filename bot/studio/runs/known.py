"""An uploaded file as the agent knows it."""

from bot.studio.agent import Media
from bot.studio.analyse import measures
from bot.studio.film import grid
from bot.studio.recording import stored
from bot.studio.store.assets import Asset


def media_of(asset: Asset) -> Media:
    """What the agent may know of an asset."""
    return Media(
        id=asset.id,
        name=asset.filename,
        kind=asset.kind,
        width=asset.width,
        height=asset.height,
        duration_ms=asset.duration_ms,
        taken_at=asset.taken_at,
        measures=measures.from_json(asset.measures) if asset.kind == "photo" and asset.measures else None,
        grid=grid.from_json(asset.measures) if asset.kind == "audio" and asset.measures else None,
        recording=stored.from_json(asset.measures) if asset.kind == "video" and asset.measures else None,
    )
