"""Facts and remarks to one to three sentences. Nothing is said that is not in the film."""

from collections.abc import Sequence

from bot.studio.agent import english, mandarin
from bot.studio.agent.differences import Change
from bot.studio.agent.facts import Facts
from bot.studio.agent.listing import Line, Version
from bot.studio.agent.reasons import Row
from bot.studio.agent.remarks import Remark


def answer(
    *,
    before: Facts | None,
    after: Facts | None,
    changes: Sequence[Change],
    remarks: Sequence[Remark],
    why: Sequence[Row] | None,
    shots: Sequence[Line],
    versions: Sequence[Version],
    chinese: bool,
) -> str:
    """What the agent says. `before` is None until there is a film, `after` too while there is nothing to show.

    `why` answers a question about what is not in the film; None when nobody asked. `shots` and `versions` are lists
    that follow, each on lines of its own; () where there is nothing to list.
    """
    words = mandarin if chinese else english
    sentences = []
    if before is None and after is not None:
        sentences.append(words.ready(after))
        sentences += [words.usual_length(after)] if after.aim is not None else []
    elif changes:
        sentences.append(words.changed([words.clause(change) for change in changes]))
    elif not remarks and why is None and not shots and not versions:
        sentences.append(words.SENTENCES["nothing"])
    if after is not None and after.waiting and (before is None or before.waiting != after.waiting):
        sentences.append(words.waiting(after))
    if after is not None and after.left and why is None and (before is None or before.left != after.left):
        sentences.append(words.left(after))
    if why is not None and after is not None:
        sentences.append(words.why(why) if why else words.SENTENCES["all-shown"].format(count=after.moments))
    sentences += [words.SENTENCES[remark.key].format(**_shown(remark, words.NAMES)) for remark in remarks]
    lists = [words.listing(shots)] if shots else []
    lists += [words.versions(versions)] if versions else []
    return "\n".join(filter(None, (str(words.JOINT.join(dict.fromkeys(sentences))), *lists)))


def _shown(remark: Remark, names: dict[str, str]) -> dict[str, str]:
    return {key: names.get(value, value) for key, value in remark.params.items()}
