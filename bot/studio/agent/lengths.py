"""How long the film is, as a whole or by its pictures. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from bot.studio.agent import fitting, reel
from bot.studio.agent.operations import ChangeLength, SetLength
from bot.studio.agent.recipe import Media, Recipe
from bot.studio.agent.remarks import Remark

_NEAR = 0.05  # what a choice of moments may be off without a word


def apply(recipe: Recipe, step: SetLength | ChangeLength, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """Another length. Of a film of moments it is what they are then chosen for."""
    moments = bool(reel.recordings_of(recipe, media))
    if isinstance(step, SetLength):
        wanted = step.ms * max(1, len(recipe.shots)) if step.each else step.ms
        if step.each:
            recipe = replace(recipe, shots=tuple(replace(shot, length=None) for shot in recipe.shots))
    else:
        now = fitting.plan(recipe, media).length
        wanted = now or (reel.aim(recipe, media) if moments else fitting.DEFAULT_LENGTH)
        wanted = round((wanted * step.factor + step.by_ms) / 1000) * 1000
    length = max(fitting.SHORTEST, min(wanted, fitting.LONGEST))
    recipe = replace(recipe, length=length)
    if moments:
        outside = Remark(key="film-limit", params={"seconds": f"{length / 1000:g}"})
        return recipe, [] if length == wanted else [outside]
    got = fitting.plan(recipe, media)
    if not got.shots or got.length == wanted:
        return recipe, []
    params = {"seconds": f"{got.length / 1000:g}", "count": str(len(got.shots))}
    return recipe, [Remark(key="length-limit", params=params)]


def missed(recipe: Recipe, media: Mapping[str, Media]) -> list[Remark]:
    """What has to be said when moments that were chosen for a length do not come to it."""
    got = fitting.plan(recipe, media).length
    wanted = reel.aim(recipe, media)
    if recipe.length is None or abs(got - wanted) <= _NEAR * wanted:
        return []
    return [Remark(key="moments-length", params={"seconds": f"{got / 1000:g}"})]
