"""Which media are taken into the film by a message: new ones, all of them, or all but what is better left out."""

from collections.abc import Mapping
from dataclasses import replace

from bot.studio.agent import choice, fitting, pictures
from bot.studio.agent.operations import Build, Include, Tidy
from bot.studio.agent.recipe import Media, Project, Recipe
from bot.studio.agent.remarks import Remark


def with_new(project: Project, media: Mapping[str, Media]) -> Recipe:
    """The recipe with what was uploaded since the last message."""
    new = [one for one in media.values() if one.id not in project.known]
    return choice.take_in(project.present, new, media) if new else project.present


def taken(recipe: Recipe, step: Build | Include | Tidy, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """Carry out a step that decides what is in the film at all."""
    match step:
        case Build(fresh=True):
            return choice.take_in(Recipe(seed=recipe.seed + 1), list(media.values()), media), []
        case Build():
            return (recipe if recipe.shots else all_again(recipe, media)), []
        case Include():
            return included(recipe, step, media), []
        case Tidy():
            return tidied(recipe, step, media)


def all_again(recipe: Recipe, media: Mapping[str, Media]) -> Recipe:
    """Everything that is there, chosen from anew."""
    return choice.take_in(replace(recipe, left=()), list(media.values()), media)


def included(recipe: Recipe, step: Include, media: Mapping[str, Media]) -> Recipe:
    """What is not in the film yet; with `all` the film gets as long as it must."""
    shown = {shot.asset for shot in recipe.shots}
    left = () if step.all else tuple(one for one in recipe.left if one.reason not in step.reasons)
    dropped = () if step.all else recipe.dropped
    out = {*dropped, *(one.asset for one in left)}
    wanted = [one for one in media.values() if one.id not in shown and one.id not in out]
    recipe = replace(recipe, dropped=dropped, left=left, everything=recipe.everything or step.all)
    recipe = pictures.include(recipe, wanted, media)
    if step.all and recipe.shots:
        length = max(fitting.plan(recipe, media).length, len(recipe.shots) * fitting.MIN_SLOT)
        while len(fitting.plan(recipe, media).shots) < len(recipe.shots) and length <= fitting.LONGEST:
            recipe = replace(recipe, length=length)
            length += 1000
    return recipe


def tidied(recipe: Recipe, step: Tidy, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """What is better left out; a remark where nothing of the kind is in the film."""
    tidied = choice.tidied(recipe, step.reasons, media)
    missing = [one for one in step.reasons if one not in {left.reason for left in tidied.left}]
    if missing and tidied.shots == recipe.shots:
        return recipe, [Remark(key=f"none-{reason}") for reason in missing[:1]]
    return tidied, []
