"""What is said of a film: which addresses may be shown, and how it is described."""

from __future__ import annotations

import pytest

from bot.core.links import shareable
from bot.core.spoken import spoken
from bot.core.timeline import read
from bot.i18n import catalog

CATALOG = catalog.load()


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://cdn.example.com/renders/2026/a-b_c~1.mp4", True),
        ("https://cdn.example.com/a%20b.mp4", True),
        ("", False),
        ("https://cdn.example.com", False),
        ("http://cdn.example.com/a.mp4", False),
        ("https://cdn.example.com/a.mp4?sig=abc", False),
        ("https://cdn.example.com/a.mp4?", False),
        ("https://cdn.example.com/a.mp4#t", False),
        ("https://key@cdn.example.com/a.mp4", False),
        ("https://a:b@cdn.example.com/a.mp4", False),
        ("https://cdn.example.com:8443/a.mp4", False),
        ("https://localhost/a.mp4", False),
        ("https://127.0.0.1/a.mp4", False),
        ("https://[::1]/a.mp4", False),
        ("https://api.example.com/api/render/1/download", False),
        ("https://cdn.example.com/nmv_usr_0001/a.mp4", False),
        ("https://cdn.example.com/Token/a.mp4", False),
        ("https://cdn.example.com/a.mp4\nhttps://other.example/x", False),
        ("https://cdn.example.com/" + "a" * 600, False),
        ("//cdn.example.com/a.mp4", False),
        ("javascript:alert(1)", False),
    ],
)
def test_an_address_is_shown_when_no_secret_can_be_in_it(url: str, may: bool) -> None:
    assert shareable(url) is may


DRAFT = {
    "d": 30_500,
    "m": {"title": "Porto", "width": 1080, "height": 1920},
    "t": [
        {"tt": 0, "sg": [{"d": 10_000, "m": {"title": f"IMG_{number}"}} for number in range(3)]},
        {"tt": 1, "sg": [{"d": 30_000, "m": {"title": "calm", "volume": 0.4}}]},
        {"tt": 7, "sg": [{"d": 900, "m": {"text": text}} for text in ("Porto", "The sea", "The sea", "Home")]},
    ],
}


def told(draft: object, language: str = "en") -> str:
    return " ".join(CATALOG.text(language, key, **params) for key, params in spoken(read(draft)))


def test_a_film_is_described_from_its_timeline() -> None:
    assert told(DRAFT) == (
        "A film of 30.5 seconds. Portrait format. 3 shots. Title: Porto. Words on screen: The sea / Home. With sound."
    )
    assert told(DRAFT, "de") == (
        "Ein Film von 30,5 Sekunden. Hochformat. 3 Einstellungen. Titel: Porto. Text im Bild: The sea / Home. Mit Ton."
    )


@pytest.mark.parametrize(("size", "shape"), [((16, 9), "Landscape"), ((9, 9), "Square"), ((None, 9), "")])
def test_shapes_have_names(size: tuple[object, object], shape: str) -> None:
    assert told({"m": {"width": size[0], "height": size[1]}}).partition(" ")[0] == shape


@pytest.mark.parametrize("draft", [None, {}, [], {"t": [{"tt": 1, "sg": [{"d": 1, "m": {"volume": 0}}]}], "d": 0}])
def test_what_is_not_known_is_not_told(draft: object) -> None:
    assert "sound" not in told(draft)
    assert "Title" not in told(draft)


@pytest.mark.parametrize("language", CATALOG.languages)
def test_a_description_fits_where_it_is_shown(language: str) -> None:
    long = "w" * 500
    many = {"tt": 7, "sg": [{"d": 9, "m": {"text": f"{number}{long}"}} for number in range(50)]}
    draft = DRAFT | {"t": [*DRAFT["t"], many], "m": {"title": long, "width": 9, "height": 16}}  # type: ignore[misc]
    assert len(told(draft, language)) < 1024
