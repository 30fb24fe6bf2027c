import pytest

from bot.core.shape import SHAPES, shaped
from bot.core.tips import changes_shape
from bot.studio.agent.operations import SetShape
from bot.studio.agent.understand import understand


@pytest.mark.parametrize(("chinese", "request_"), [(False, "make a calm reel"), (True, "做一个安静的集锦。")])
@pytest.mark.parametrize(("shape", "meant"), [("9:16", "portrait"), ("1:1", "square"), ("16:9", "landscape")])
def test_the_studios_agent_understands_the_shape_of_a_place(
    shape: str, meant: str, chinese: bool, request_: str
) -> None:
    words = shaped(request_, shape, chinese=chinese)
    assert SetShape(shape=meant) in understand(words)
    assert changes_shape(words)


def test_a_place_without_a_shape_changes_nothing() -> None:
    assert shaped("make it calm", "", chinese=False) == "make it calm"
    assert set(SHAPES) == {"9:16", "1:1", "16:9"}
